#pragma once

#include <QNetworkReply>

namespace prism::net {

/// What keeps this client from a PRISM server at the address it was given.
enum class Hindrance {
    UnknownHost,      ///< no computer has that name
    NoRoute,          ///< the network does not lead there
    Refused,          ///< nothing listens at that port
    Silence,          ///< no answer in time
    BrokenOff,        ///< the connection ended without an answer in HTTP
    Untrusted,        ///< its certificate is not one that this computer trusts
    OtherCertificate, ///< its certificate is not the one that a person pinned
    NotTls,           ///< https was asked for, and something else was spoken
    TooMuch,          ///< it answered more than this client takes in
    LeadsAway,        ///< it sends its visitors to another address
    Gateway,          ///< what stands in front of it says that the server is away
    NotPrism,         ///< something else answers there
};

/// What `error` says, which is none that an HTTP answer brings. NotTls stands for every failed handshake:
/// whether a certificate was at fault is told apart from it.
Hindrance hindranceOf(QNetworkReply::NetworkError error);

/// What an HTTP answer with that status says of a server whose body was not an envelope.
Hindrance foreignAnswer(int status);

} // namespace prism::net
