//! An indirection that keeps very deep encrypted secrets within the compiler's recursion limit.

use alloc::boxed::Box;
use core::{any::Any, fmt, marker::PhantomData, ops::Deref};

use crate::{
    encrypted::wipe::Wipe,
    node::{Node, Value, View},
};

type Opaque = dyn Any + Send + Sync;

/// A table or array of an encrypted module that is nested very deeply; dereferences to it.
///
/// The compiler proves that secrets may be shared between threads by walking their type, and stops at
/// 128 steps. A generated module puts this at every sixteenth level, and the walk ends there.
pub struct DeepOwned<T: 'static> {
    value: Box<Opaque>,
    node: fn(&Opaque) -> Option<&Value>,
    wipe: fn(&mut Opaque),
    copy: fn(&Opaque) -> Option<Box<Opaque>>,
    type_of: PhantomData<fn() -> T>,
}

impl<T: Node + Wipe + Clone> DeepOwned<T> {
    /// Puts a value behind the indirection.
    #[doc(hidden)]
    pub fn new(value: T) -> Self {
        Self {
            value: Box::new(value),
            node: |opaque| opaque.downcast_ref::<T>().map(|value| value as &Value),
            wipe: |opaque| opaque.downcast_mut::<T>().into_iter().for_each(Wipe::wipe),
            copy: |opaque| {
                let value = opaque.downcast_ref::<T>()?;
                Some(Box::new(value.clone()))
            },
            type_of: PhantomData,
        }
    }
}

impl<T> DeepOwned<T> {
    fn node(&self) -> &Value {
        (self.node)(&*self.value).unwrap_or_else(|| unreachable!("the value is of its own type"))
    }
}

impl<T> Clone for DeepOwned<T> {
    fn clone(&self) -> Self {
        let value = (self.copy)(&*self.value);
        Self {
            value: value.unwrap_or_else(|| unreachable!("the value is of its own type")),
            ..*self
        }
    }
}

impl<T> Deref for DeepOwned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let value = self.value.downcast_ref();
        value.unwrap_or_else(|| unreachable!("the value is of its own type"))
    }
}

impl<T> Wipe for DeepOwned<T> {
    fn wipe(&mut self) {
        (self.wipe)(&mut *self.value);
    }
}

/// Prints what the table or array prints.
impl<T> fmt::Debug for DeepOwned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node().fmt(f)
    }
}

impl<T> Node for DeepOwned<T> {
    fn view(&self) -> View<'_> {
        self.node().view()
    }
}
