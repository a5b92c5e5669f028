//! A whole punch-out over real HTTP: a procurement system and a supplier's
//! site, both on this machine and both built on the crate `punchout` alone.
//!
//! ```text
//! cargo run --example roundtrip                        plays a purchase and checks it
//! cargo run --example roundtrip -- --scenario rental   a rental: no account, no order
//! cargo run --example roundtrip -- --serve             leaves both sites to a browser
//! ```
//!
//! Where to look:
//!
//! * `erp.rs` is the procurement system: call-up, return, order, delivery
//! * `shop.rs` is the supplier: call-up, return, taking orders
//! * `rental.rs` is a supplier without accounts and orders
//! * the files `web.rs` are their pages, with axum; any web framework will do
//! * `story.rs` and `browser.rs` play the person in between

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to whoever runs it")]

mod browser;
mod differences;
mod erp;
mod pages;
mod rental;
mod session;
mod shop;
mod story;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use clap::{Parser, ValueEnum};
use erp::{Connection, Erp, OrderRoute};
use pages::AnyError;
use punchout::cxml::Credential;
use punchout::oci::Profile;
use rental::Rental;
use shop::Shop;
use tokio::net::TcpListener;
use url::Url;

/// A whole punch-out, from the call-up to the receipt.
#[derive(Debug, Parser)]
#[command(name = "roundtrip")]
struct Arguments {
    /// What is bought, and how
    #[arg(long, value_enum, default_value_t = Scenario::Order)]
    scenario: Scenario,
    /// Leaves both sites running, for a person with a browser
    #[arg(long)]
    serve: bool,
    /// The port of the procurement system, with the supplier's on the next one; the system chooses if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..u16::MAX.into()))]
    port: Option<u16>,
    /// Where files are written: `roundtrip` in cargo's target directory if not given
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Scenario {
    /// Fasteners: a basket, then an order as cXML and PDF
    Order,
    /// A rental car: the request is registered at once, no order follows
    Rental,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThe round trip failed: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), AnyError> {
    let files = arguments.out.unwrap_or_else(default_files);
    std::fs::create_dir_all(&files)?;
    let (here, erp_url) = listen(arguments.port.unwrap_or(0)).await?;
    let (there, supplier_url) = listen(arguments.port.map_or(0, |port| port + 1)).await?;
    match arguments.scenario {
        Scenario::Order => {
            let shop = Arc::new(Shop::new()?);
            let erp = Arc::new(Erp::new(erp_url, fasteners(&supplier_url)?, files));
            serve(here, erp::web::routes(Arc::clone(&erp)));
            serve(there, shop::web::routes(Arc::clone(&shop)));
            if arguments.serve {
                return wait(&erp.url, &supplier_url).await;
            }
            story::order::play(&erp, &shop).await?;
        }
        Scenario::Rental => {
            let rental = Arc::new(Rental::default());
            let erp = Arc::new(Erp::new(erp_url, rental_cars(&supplier_url)?, files));
            serve(here, erp::web::routes(Arc::clone(&erp)));
            serve(there, rental::web::routes(Arc::clone(&rental)));
            if arguments.serve {
                return wait(&erp.url, &supplier_url).await;
            }
            story::rental::play(&erp, &rental).await?;
        }
    }
    println!("\nAll went well.");
    Ok(())
}

/// A web shop with an account for the buyer, and an order URL.
fn fasteners(site: &Url) -> Result<Connection, AnyError> {
    let (user, password) = shop::ACCOUNT;
    let (domain, identity) = shop::SUPPLIER;
    Ok(Connection {
        name: "Example Fasteners",
        profile: Profile::lenient(),
        shop: site.join(shop::web::CALL_UP)?,
        login: Some((user.into(), password.into())),
        parameters: Vec::new(),
        orders: Some(OrderRoute {
            url: site.join(shop::web::ORDERS)?,
            buyer: Credential::new("NetworkID", "town-hall.example"),
            supplier: Credential::new(domain, identity),
            shared_secret: shop::SHARED_SECRET.into(),
        }),
    })
}

/// A rental firm that knows employees by name and mail address.
fn rental_cars(site: &Url) -> Result<Connection, AnyError> {
    Ok(Connection {
        name: "Example Car Rental",
        profile: Profile::named("flexfleet").ok_or("there is no such profile")?,
        shop: site.join(rental::web::CALL_UP)?,
        login: None,
        parameters: vec![
            ("oci_usermail".into(), "fuhrpark@town-hall.example".into()),
            ("oci_userfullname".into(), "Fuhrpark Süd".into()),
            (rental::COST_CENTRE.into(), "4711".into()),
        ],
        orders: None,
    })
}

/// Takes a port of this machine only; 0 for any.
async fn listen(port: u16) -> Result<(TcpListener, Url), AnyError> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}/", listener.local_addr()?).parse()?;
    Ok((listener, url))
}

fn serve(listener: TcpListener, site: Router) {
    tokio::spawn(async { axum::serve(listener, site).await });
}

async fn wait(erp: &Url, supplier: &Url) -> Result<(), AnyError> {
    println!("The procurement system:  {erp}   <- start here");
    println!("The supplier's site:     {supplier}");
    println!("Ctrl-C stops both.");
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// `roundtrip` in the target directory, wherever cargo was told to have it: this
/// program lies there in `PROFILE/examples`.
fn default_files() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    program.ancestors().nth(3).map_or_else(|| PathBuf::from("target"), PathBuf::from).join("roundtrip")
}
