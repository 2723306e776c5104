//! What a running program has in its memory, as the system shows it.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use secrets_tests::{
    Project,
    age::{KEY, RECIPIENT},
};

const MARKERS: [&str; 6] = [
    "marker-of-a-string-0123456789-aa",
    "marker-of-an-array-0123456789-bb",
    "marker-of-an-array-0123456789-cc",
    "marker-of-a-table--0123456789-dd",
    "marker-of-a-mixed--0123456789-ee",
    "marker-of-a-long---0123456789-gg",
];
const CONTROL: &str = "marker-of-control--0123456789-ff";

/// A program that stops at each step until it is sent a line.
const MAIN: &str = r#"
    use std::io::{Read, Write};
    use secrets_embed::{ExposeSecret, Identity};

    fn stop(at: &str) {
        println!("{at}");
        std::io::stdout().flush().unwrap();
        std::io::stdin().read_exact(&mut [0]).unwrap();
    }

    let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
    let secrets = secrets::Secrets::decrypt(&identity).unwrap();
    let control = String::from(secrets.control.expose_secret());
    drop(identity);
    stop("open");
    drop(secrets);
    stop("dropped");
    drop(control);
"#;

#[test]
#[cfg(target_os = "linux")]
fn values_are_in_memory_once_and_then_never() {
    let mut project = Project::new("memory");
    project.features("encrypted,datetime").all_build_features();
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n"
    ));
    let [string, first, second, table, mixed, long] = MARKERS;
    // age encrypts in chunks of 64 KiB.
    let more = "x".repeat(100_000);
    project.write(
        ".secrets/secrets.toml",
        format!(
            "string = \"{string}\"\narray = [\"{first}\", \"{second}\"]\nmixed = [1, \"{mixed}\"]\n\
             control = \"{CONTROL}\"\nlong = \"{more}{long}\"\nport = 5432\n[[tables]]\nkey = \"{table}\"\n"
        ),
    );
    project.write("key.txt", format!("# a comment\n{KEY}\n"));
    project.main(MAIN);
    for profile in ["unoptimised", "optimised"] {
        project.build_ok();
        look(&project, profile);
        project.optimise();
    }
}

fn look(project: &Project, profile: &str) {
    let mut program = Program::start(Command::new(project.binary()).arg(project.path("key.txt")));
    program.wait_for("open");
    let open = program.memory();
    program.go_on();
    program.wait_for("dropped");
    let dropped = program.memory();
    program.go_on();

    // The control: its value is there twice, and then once.
    assert_eq!(count(&open, CONTROL.as_bytes()), 2, "{profile}");
    assert_eq!(count(&dropped, CONTROL.as_bytes()), 1, "{profile}");
    for marker in MARKERS {
        assert_eq!(count(&open, marker.as_bytes()), 1, "{profile}: {marker}");
        assert_eq!(count(&dropped, marker.as_bytes()), 0, "{profile}: {marker}");
        // Nor a part of one.
        let part = &marker.as_bytes()[marker.len() - 16..];
        assert_eq!(count(&dropped, part), 0, "{profile}: a part of {marker}");
    }
    let raw = raw(KEY);
    for memory in [&open, &dropped] {
        for part in KEY.as_bytes()[16..].windows(16).step_by(8) {
            assert_eq!(count(memory, part), 0, "{profile}: a part of the key");
        }
        for part in raw.windows(8).step_by(4) {
            assert_eq!(count(memory, part), 0, "{profile}: a part of the raw key");
        }
    }
}

/// A program that stops at each step.
pub(super) struct Program {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Program {
    pub(super) fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdin = child.stdin.take().expect("its input");
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        Self {
            child,
            stdin,
            stdout,
        }
    }

    pub(super) fn wait_for(&mut self, step: &str) {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a line");
        assert_eq!(line.trim(), step);
    }

    /// What is in memory at the places that are printed before a step: a name, an address, a length.
    pub(super) fn places(&mut self, step: &str) -> Vec<(String, Vec<u8>)> {
        let mut memory = self.open_memory();
        let mut places = Vec::new();
        loop {
            let mut line = String::new();
            self.stdout.read_line(&mut line).expect("a line");
            if line.trim() == step {
                return places;
            }
            let mut parts = line.trim().rsplitn(3, ' ');
            let mut part = || parts.next().expect("a place");
            let length = part().parse().expect("a length");
            let address = part().parse().expect("an address");
            let mut bytes = vec![0; length];
            memory.seek(SeekFrom::Start(address)).expect("a place");
            memory.read_exact(&mut bytes).expect("its memory");
            places.push((part().to_owned(), bytes));
        }
    }

    fn open_memory(&self) -> File {
        File::open(format!("/proc/{}/mem", self.child.id())).expect("the memory")
    }

    pub(super) fn go_on(&mut self) {
        self.stdin.write_all(b"\n").expect("it reads");
    }

    /// All regions that can be read.
    pub(super) fn memory(&self) -> Vec<Vec<u8>> {
        self.regions(|_| true)
    }

    /// All regions that can be read, but for the stack.
    pub(super) fn memory_without_stack(&self) -> Vec<Vec<u8>> {
        self.regions(|line| !line.ends_with("[stack]"))
    }

    fn regions(&self, wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
        let maps = format!("/proc/{}/maps", self.child.id());
        let maps = fs::read_to_string(maps).expect("the regions");
        let mut memory = self.open_memory();
        let mut regions = Vec::new();
        for line in maps
            .lines()
            .filter(|line| line.contains(" r") && wanted(line))
        {
            let range = line.split(' ').next().unwrap_or_default();
            let (start, end) = range.split_once('-').expect("a range");
            let number = |text| u64::from_str_radix(text, 16).expect("an address");
            let mut bytes = Vec::new();
            let sought = memory.seek(SeekFrom::Start(number(start)));
            let length = number(end) - number(start);
            // The region of the kernel's clock cannot be read.
            if sought.is_ok() && (&memory).take(length).read_to_end(&mut bytes).is_ok() {
                regions.push(bytes);
            }
        }
        regions
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(super) fn count(memory: &[Vec<u8>], wanted: &[u8]) -> usize {
    let found = |region: &Vec<u8>| {
        let starts = region
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == wanted[0]);
        starts
            .filter(|(start, _)| region[*start..].starts_with(wanted))
            .count()
    };
    memory.iter().map(found).sum()
}

/// The 32 bytes that a key is the Bech32 of.
pub(super) fn raw(key: &str) -> Vec<u8> {
    const ALPHABET: &str = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let (_, data) = key.split_once('1').expect("a separator");
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for c in data[..data.len() - 6].chars() {
        let five = ALPHABET.find(c).expect("a character of Bech32");
        bits = bits << 5 | u32::try_from(five).expect("five bits");
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held).to_le_bytes()[0]);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}
