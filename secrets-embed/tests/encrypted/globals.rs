//! Secrets that a program decrypts into a global.

use std::panic::catch_unwind;

use secrets_embed::{__private::Global, Error, ExposeSecret};

use crate::{
    module::{VALUE, key},
    roots::{Root, other_key},
};

#[test]
fn a_global_is_initialized_once() {
    static ONE: Global<Root<0>> = Global::new();
    let panic = catch_unwind(|| ONE.get().port).expect_err("a panic");
    let message = panic.downcast_ref::<&str>().copied().unwrap_or_default();
    assert!(message.contains("call `init` first"), "{message}");

    assert!(matches!(
        ONE.init(&other_key()),
        Err(Error::WrongIdentity { .. })
    ));
    assert_eq!(ONE.init(&key()).expect("decrypted").port, 80);
    assert_eq!(ONE.get().password.expose_secret(), VALUE);
    assert!(matches!(ONE.init(&key()), Err(Error::AlreadyInitialized)));
}

#[test]
fn a_global_has_one_profile() {
    static SEVERAL: Global<Root<1>> = Global::new();
    let init = |name| {
        SEVERAL
            .init_profile(name, &other_key())
            .map(|secrets| secrets.port)
    };
    assert!(matches!(
        init("elsewhere"),
        Err(Error::UnknownProfile { .. })
    ));
    assert!(matches!(init("local"), Err(Error::Stub)));
    assert!(matches!(init("staging"), Err(Error::WrongIdentity { .. })));
    assert!(matches!(init("production"), Ok(81)));
    assert_eq!(SEVERAL.get().port, 81);
    assert!(matches!(init("production"), Err(Error::AlreadyInitialized)));
}
