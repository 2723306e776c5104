//! What wipes itself by no type of its own: numbers, date-times, and what is in deep tables.
#![cfg(target_os = "linux")]

use std::process::Command;

use secrets_tests::{
    Project,
    age::{Key, keygen, project},
};

use super::memory::{Program, count};

/// Each number is one of a kind in a program. It is the last of several, as the system's allocator
/// writes over the start of what it takes back.
const SECRETS: &str = r#"
    one = 1
    two = 2
    three = 3
    four = 4
    integer = 0x5ec12e7a11b20c01
    unsigned = 0xfec12e7a11b20c02
    float = 3.141592653589793e200
    when = 1979-05-27T07:32:01.987654321-07:00
    time = 07:32:01.123456789
    mixed = [1, "text", 0x5ec12e7a11b20c03]
    long = [1, "2", 3, "4", 5, "6", 7, "8", 9, "10", 11, "12", 0x5ec12e7a11b20c04]
    integers = [1, 2, 3, 0x5ec12e7a11b20c05]
    floats = [1.0, 2.0, 3.0, 3.141592653589793e201]
    flags = [
        true, true, true, true, false, false, false, false, true, true, true, true, false, false, false, false,
        true, true, false, true, false, false, true, false, true, true, true, false, false, true, true, true,
    ]
    days = [1901-02-03, 1904-05-06, 1907-08-09, 2010-11-12, 1911-12-13, 1914-03-04, 1915-06-07, 2020-09-10]
    nested = [[1, 2, 3], [4, 5, 6, 0x5ec12e7a11b20c06]]
    control = 0x5ec12e7a11b20c07
    [table]
    integer = 0x5ec12e7a11b20c08
    [[list]]
    text = "text"
    [[list]]
    integer = 0x5ec12e7a11b20c09
    [[list]]
    float = 3.141592653589793e202
"#;

/// Tells where each number is, and stops with it in place and after it is dropped.
const MAIN: &str = r#"
    use std::io::{Read, Write};
    use secrets_embed::Identity;

    fn stop(at: &str) {
        println!("{at}");
        std::io::stdout().flush().unwrap();
        std::io::stdin().read_exact(&mut [0]).unwrap();
    }

    fn place<T: ?Sized>(name: &str, value: &T) {
        let address = std::ptr::from_ref(value).cast::<u8>() as usize;
        println!("{name} {address} {}", size_of_val(value));
    }

    #[inline(never)]
    fn open() -> Box<secrets::Secrets> {
        let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
        Box::new(secrets::Secrets::decrypt(&identity).unwrap())
    }

    let all = open();
    let control = Box::new(all.control);
    place("control", &*control);
    place("integer", &all.integer);
    place("unsigned", &all.unsigned);
    place("float", &all.float);
    place("when", &all.when);
    place("time", &all.time);
    place("mixed", &all.mixed.2);
    place("long", &all.long.12);
    place("integers", &all.integers[3]);
    place("floats", &all.floats[3]);
    place("flags", &all.flags[16..]);
    place("days", &all.days[4..]);
    place("nested", &all.nested[1][3]);
    place("table", &all.table.integer);
    place("optional integer", all.list[1].integer.as_ref().unwrap());
    place("optional float", all.list[2].float.as_ref().unwrap());
    place("deep table", &all.TABLE.integer);
    place("deep array", &all.ARRAY[3]);
    stop("open");
    drop(all);
    stop("dropped");
    drop(control);
"#;

#[test]
fn numbers_are_overwritten() {
    let mut project = project("encrypted-numbers");
    project.features("encrypted,datetime");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    let (table, open, close) = (["deeper"; 40].join("."), "[".repeat(40), "]".repeat(40));
    project.write(
        ".secrets/secrets.toml",
        format!(
            "deepest = {open}1, 2, 3, 0x5ec12e7a11b20c0a{close}\n{SECRETS}\n[{table}]\n\
             one = 1\ntwo = 2\nthree = 3\ninteger = 0x5ec12e7a11b20c0b\n"
        ),
    );
    let array = format!("deepest{}", "[0]".repeat(39));
    let main = MAIN.replace("TABLE", &table).replace("ARRAY", &array);
    project.main(&main);
    for profile in ["unoptimised", "optimised"] {
        project.build_ok();
        look(&project, profile, &key);
        project.optimise();
    }
}

fn look(project: &Project, profile: &str, key: &Key) {
    let mut program = Program::start(Command::new(project.binary()).arg(project.path(&key.path)));
    let numbers = program.places("open");
    assert_eq!(numbers.len(), 18);
    // A table that is moved leaves a copy of the numbers in it on the stack.
    let open = program.memory_without_stack();
    program.go_on();
    program.wait_for("dropped");
    let dropped = program.memory_without_stack();
    program.go_on();

    for (name, number) in &numbers {
        // The control is there twice, and then once.
        let control = usize::from(name == "control");
        let found = [&open, &dropped].map(|memory| count(memory, number));
        assert_eq!(found, [1 + control, control], "{profile}: {name}");
    }
}
