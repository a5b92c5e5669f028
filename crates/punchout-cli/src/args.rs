//! What can be typed. The comments on these types are the program's manual.

pub(crate) mod connection;
pub(crate) mod cxml;
pub(crate) mod oci;
pub(crate) mod order;

use clap::{Parser, Subcommand, ValueEnum};

/// Reads, checks and writes punch-out documents.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = STATUS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const STATUS: &str = "\
Exit status: 0 when nothing is wrong, 1 when there are findings of severity
error (with --strict also of severity warning), 2 when the program could not run.
Where an order is sent: 0 delivered, 1 rejected, 3 unknown, 4 not delivered.

With --format json there is a JSON document also when the program could not run,
be it that the arguments are wrong: its `outcome` is `not-run`, and its `error`
says why.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Connections to suppliers: check what describes one
    #[command(subcommand)]
    Connection(connection::ConnectionCommand),
    /// cXML: check, show and copy documents
    #[command(subcommand)]
    Cxml(cxml::CxmlCommand),
    /// SAP Open Catalog Interface: call-ups, returned baskets, profiles
    #[command(subcommand)]
    Oci(oci::OciCommand),
    /// Orders: documents for people, made of cXML, and the way to the supplier
    #[command(subcommand)]
    Order(order::OrderCommand),
}

/// How the result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs: one JSON document
    Json,
}
