//! Where a request came from, for what is limited by address. Behind a proxy every request comes from the proxy: only one that
//! is trusted (`trusted_proxies`) is believed what it says, and where somebody stands in between whom nobody named, the
//! address is unknown and limits nothing.
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Once,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderName, request::Parts},
};

use crate::http::state::AppState;

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever asks, where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        Ok(Self(peer.and_then(|peer| told(peer, &parts.headers, &state.trusted_proxies))))
    }
}

/// A proxy that nobody named is said once: limits by address are off behind it.
fn tell_once(peer: IpAddr) {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        tracing::warn!(%peer, "requests come through a proxy that trusted_proxies does not name: limits by address are off");
    });
}

/// Whether an address is of this machine or of a network that the internet does not reach.
fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_loopback() || four.is_private() || four.is_link_local(),
        IpAddr::V6(six) => six.is_loopback() || six.is_unique_local() || six.is_unicast_link_local(),
    }
}

/// The last address of the chain that no trusted proxy has.
fn told(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    let chain: Vec<&str> = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok()).collect();
    if !trusted.contains(&peer) {
        // A caller from outside cannot make itself unknown by a header of its own: only inside may a proxy stand.
        let may_be_proxy = headers.contains_key(FORWARDED) && is_inside(peer);
        if may_be_proxy {
            tell_once(peer);
        }
        return (!may_be_proxy).then_some(peer);
    }
    let hops = chain.iter().flat_map(|line| line.split(',')).map(str::trim);
    for hop in hops.rev() {
        let address = hop.parse::<IpAddr>().ok()?.to_canonical();
        if !trusted.contains(&address) {
            return Some(address);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn asked(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED, HeaderValue::from_str(line).unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| ip(text)).collect();
        told(ip(peer), &headers, &trusted)
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(asked("203.0.113.7", &[], &[]), Some(ip("203.0.113.7")));
        assert_eq!(asked("10.0.0.1", &["203.0.113.7"], &["10.0.0.1"]), Some(ip("203.0.113.7")));
        // What a client wrote itself stands before what the proxy saw.
        let chain = ["198.51.100.1, 203.0.113.7", "10.0.0.2"];
        assert_eq!(asked("10.0.0.1", &chain, &["10.0.0.1", "10.0.0.2"]), Some(ip("203.0.113.7")));
        assert_eq!(asked("10.0.0.1", &["203.0.113.7"], &[]), None, "a proxy that nobody named");
        let claimed = asked("203.0.113.7", &["198.51.100.1"], &[]);
        assert_eq!(claimed, Some(ip("203.0.113.7")), "a header of one's own hides nobody");
        assert_eq!(asked("10.0.0.1", &[], &["10.0.0.1"]), None);
        assert_eq!(asked("10.0.0.1", &["unknown"], &["10.0.0.1"]), None);
        assert_eq!(asked("::ffff:10.0.0.1", &["::ffff:203.0.113.7"], &["10.0.0.1"]), Some(ip("203.0.113.7")));
    }
}
