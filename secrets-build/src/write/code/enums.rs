//! Enums of texts.

use proc_macro2::Literal;

use crate::{
    model::names,
    write::{
        code::{
            lines::{Lines, close, line, open},
            types::code,
        },
        layout::Enum,
    },
};

/// An enum of texts. `Debug` does not show which one it is, which is a value like others.
pub(super) fn definition(out: &mut Lines, choice: &Enum) {
    let name = &choice.name;
    line!(out, "///One of several texts.");
    line!(out, "#[derive(Clone, Copy, PartialEq, Eq, Hash)]");
    open!(out, "pub enum {name} {{");
    for text in &*choice.texts {
        line!(out, "///The text {}.", code(text));
        line!(out, "{},", names::variant_name(text));
    }
    close!(out, "}}");
    open!(out, "impl {name} {{");
    line!(out, "///The text.");
    open!(out, "pub const fn as_str(self) -> &'static str {{");
    open!(out, "match self {{");
    for text in &*choice.texts {
        let (variant, text) = (names::variant_name(text), Literal::string(text));
        line!(out, "Self::{variant} => {text},");
    }
    close!(out, "}}");
    close!(out, "}}");
    close!(out, "}}");
    open!(out, "impl ::core::fmt::Debug for {name} {{");
    line!(
        out,
        "fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{ f.write_str(\"[REDACTED]\") }}"
    );
    close!(out, "}}");
    open!(out, "impl __embed::Node for {name} {{");
    line!(
        out,
        "fn view(&self) -> __embed::View<'_> {{ __embed::View::Choice(self.as_str()) }}"
    );
    close!(out, "}}");
}

/// How an enum is read from the payload, by position, and wiped.
pub(super) fn decode(out: &mut Lines, choice: &Enum) {
    let name = &choice.name;
    let variants: Vec<_> = choice
        .texts
        .iter()
        .map(|text| names::variant_name(text))
        .collect();
    let (first, count) = (&variants[0], variants.len());
    open!(out, "impl __embed::Decode for {name} {{");
    open!(
        out,
        "fn decode(reader: &mut __embed::Reader<'_>) -> Self {{"
    );
    open!(out, "match reader.choice({count}) {{");
    for (index, variant) in variants.iter().enumerate().skip(1) {
        line!(out, "{index} => Self::{variant},");
    }
    line!(out, "_ => Self::{first},");
    close!(out, "}}");
    close!(out, "}}");
    close!(out, "}}");
    open!(out, "impl __embed::Wipe for {name} {{");
    line!(
        out,
        "fn wipe(&mut self) {{ *self = Self::{first}; ::core::hint::black_box(self); }}"
    );
    close!(out, "}}");
}
