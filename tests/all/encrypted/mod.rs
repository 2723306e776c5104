//! Encrypted modules, with keys and files of the stock `age` tool.

mod copies;
mod every_bit;
mod format;
mod items;
mod key_variable;
mod large;
mod lean;
mod memory;
mod mistaken;
mod passphrase;
mod plain_keys;
mod recipients;
mod typed_passphrases;
mod values;
mod wiped_numbers;
