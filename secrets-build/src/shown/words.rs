//! Whether a text is made of words, and not of letters and digits by chance.

/// Letters and digits of more characters without a divider are not shown.
const MAX_RUN: usize = 20;

/// Whether all runs of letters and digits can be words, but for a short one as in `k8s`.
pub(super) fn are_spoken(text: &str) -> bool {
    // In base64 a `/` divides nothing.
    let text = text.replace('/', "");
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let odd: Vec<_> = runs.filter(|run| !is_spoken(run)).collect();
    odd.iter().all(|run| run.len() < 6) && odd.len() < 2 && are_spoken_together(&text)
}

/// Whether all runs of a text together can be words. Groups as of a recovery code are each too short to tell.
fn are_spoken_together(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let runs: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
    let pieces: Vec<&str> = runs.iter().flat_map(|run| pieces(run)).collect();
    let length: usize = runs.iter().map(|run| run.len()).sum();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mixed = runs.iter().filter(|run| is_mixed(run)).count();
    // A date has eight, an address and its port some more.
    if digits > 10 || mixed > 1 {
        return false;
    }
    let are_even = runs.len() > 2 && runs.iter().all(|run| run.len() == runs[0].len());
    if are_even && runs[0].len() > 2 {
        return length * 10 >= pieces.len() * 26 && is_pronounced(&pieces, 8);
    }
    is_pronounced(&pieces, 6)
}

/// Whether a run has letters and digits, and no word among them.
fn is_mixed(run: &str) -> bool {
    let is_word =
        |piece: &&str| piece.len() > 2 && !piece.starts_with(|c: char| c.is_ascii_digit());
    let has_digit = run.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = run.bytes().any(|byte| byte.is_ascii_alphabetic());
    run.len() > 3 && has_digit && has_letter && !pieces(run).iter().any(is_word)
}

/// Whether a run of letters and digits can be words: they are of more than two letters mostly, and their letters
/// follow each other as they do in words.
fn is_spoken(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = run.len() >= 8 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    if run.len() > MAX_RUN || digits > 5 || (is_hex && digits > 0) {
        return false;
    }
    let pieces = pieces(run);
    let is_worded = run.len() < 6 || run.len() * 10 >= pieces.len() * 26;
    is_worded && is_pronounced(&pieces, 6)
}

/// A run divided where letters and digits meet, and where the case changes: `s3`, `Open`, `AI`, `Key`.
fn pieces(run: &str) -> Vec<&str> {
    let bytes = run.as_bytes();
    let starts_piece = |at: usize| {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let below = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        before.is_ascii_digit() != here.is_ascii_digit()
            || (before.is_ascii_lowercase() && here.is_ascii_uppercase())
            || (before.is_ascii_uppercase() && here.is_ascii_uppercase() && below)
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in (1..bytes.len())
        .filter(|at| starts_piece(*at))
        .chain([bytes.len()])
    {
        pieces.push(&run[start..at]);
        start = at;
    }
    pieces
}

/// The letters that follow each letter in nine of ten cases, in the names of packages of many languages.
const FOLLOWERS: [&str; 26] = [
    "bcdfgiklmnprstuvy",
    "aeilorsu",
    "aehiklorstu",
    "abeiorsu",
    "abcdefgilmnoprstvx",
    "aefiloru",
    "aehilnoru",
    "aeiotu",
    "abcdefglmnoprstvz",
    "s",
    "aei",
    "adeilostuy",
    "abeilmopsu",
    "acdefginostuv",
    "abcdgiklmnoprstuvw",
    "aehiloprstuy",
    "u",
    "acdegikmnoprstuy",
    "acehiklmopstuy",
    "acehilorstuy",
    "abcdeilmnprst",
    "aei",
    "aeio",
    "t",
    "ps",
    "e",
];

/// Words that are in the names of secrets, and of letters that follow each other in few others.
const TERMS: [&str; 29] = [
    "api", "aws", "byte", "bytes", "csrf", "db", "dns", "dsn", "ftp", "gcp", "html", "http",
    "https", "jwt", "key", "mysql", "proxy", "pwd", "rpc", "smtp", "sql", "sqs", "ssh", "ssl",
    "tls", "url", "uuid", "vpn", "xml",
];

/// Whether most letters of words, so many in ten, are followed by those that are frequent there. Of a few letters
/// nothing can be said.
fn is_pronounced(pieces: &[&str], in_ten: usize) -> bool {
    let words = pieces
        .iter()
        .map(|piece| piece.to_ascii_lowercase())
        .filter(|word| !TERMS.contains(&word.as_str()));
    let (mut pairs, mut frequent) = (0, 0);
    for word in words {
        for pair in word
            .as_bytes()
            .windows(2)
            .filter(|pair| pair[0].is_ascii_lowercase())
        {
            let followers = FOLLOWERS[usize::from(pair[0] - b'a')];
            pairs += 1;
            frequent += usize::from(followers.contains(char::from(pair[1])));
        }
    }
    pairs < 4 || frequent * 10 >= pairs * in_ten
}
