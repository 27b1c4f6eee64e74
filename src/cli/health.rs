//! `padankerja health`: asks a running service whether it is ready. For container health checks: needs no curl.
use std::{
    io::{Read, Write},
    net::{IpAddr, SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

use serde_json::json;

use crate::{
    cli::{Outcome, output},
    config::Config,
    words::cli::service as words,
};

const PATIENCE: Duration = Duration::from_secs(5);

/// Arguments of `health`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja health --at 127.0.0.1:8080 --json
Kode keluar 0 siap, 3 belum siap atau tidak menjawab.")]
pub struct Args {
    /// Alamat layanan; bawaan dari konfigurasi
    #[arg(long, value_name = "ALAMAT:PORTA")]
    at: Option<SocketAddr>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Exit code 0 when the service is ready, 3 when it is not or does not answer.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let address = reachable(args.at.unwrap_or(config.listen));
    let asked = tokio::task::spawn_blocking(move || ask(address)).await.map_err(std::io::Error::other)?;
    if args.json {
        let status = asked.as_ref().ok();
        output::json(
            &json!({ "address": address.to_string(), "ready": status == Some(&200), "status": status }),
        )?;
        return Ok(if status == Some(&200) { ExitCode::SUCCESS } else { ExitCode::from(3) });
    }
    match asked {
        Ok(200) => {
            output::line(&words::ready(address))?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(status) => output::complain(&words::not_ready(address, status)),
        Err(error) => output::complain(&words::silent(address, &error)),
    }
    Ok(ExitCode::from(3))
}

/// A service that listens on every address is asked on the loopback one.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback = match address.ip() {
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        };
        address.set_ip(loopback);
    }
    address
}

fn ask(address: SocketAddr) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece: a peer that answers and closes after the first fragment would reset the connection.
    let request = format!("GET /readyz HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    let line = String::from_utf8_lossy(&answer);
    let status =
        line.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)).and_then(|code| code.parse().ok());
    status.ok_or_else(|| std::io::Error::other("the answer is not HTTP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answering(text: &'static str) -> SocketAddr {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut piece = [0_u8; 512];
                let got = stream.read(&mut piece).unwrap();
                assert!(got > 0, "the request ended before its blank line");
                request.extend_from_slice(&piece[..got]);
            }
            stream.write_all(text.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn the_status_is_read() {
        assert_eq!(ask(answering("HTTP/1.1 200 OK\r\n\r\nok")).unwrap(), 200);
        assert_eq!(ask(answering("HTTP/1.0 503 Service Unavailable\r\n\r\n")).unwrap(), 503);
        assert!(ask(answering("220 mail ready\r\n")).is_err());
    }

    #[test]
    fn every_address_means_loopback() {
        assert_eq!(reachable("0.0.0.0:80".parse().unwrap()), "127.0.0.1:80".parse().unwrap());
        assert_eq!(reachable("[::]:80".parse().unwrap()), "[::1]:80".parse().unwrap());
        assert_eq!(reachable("10.0.0.1:80".parse().unwrap()), "10.0.0.1:80".parse().unwrap());
    }
}
