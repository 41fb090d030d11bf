#pragma once

#include "server/http/router.h"

namespace prism::api {

/// Which bodies an endpoint takes, told before a byte of one is read.

/// Whether one comes behind this head.
bool hasBody(const http::Request& head);

/// The answer to one that is of another type, or in a coding that is not known: 415 with what would be right.
std::optional<http::Response> refusalOfBody(const http::Request& head);

/// What a body sent there may be, and the name of the field that tells it of this method (RFC 5789, section
/// 3.1; LDP, section 7.1).
QByteArray typesOf(const http::Route& route);
QByteArray typesField(const QByteArray& method);

/// How long it may be.
qint64 mostBytesOf(const http::Route& route, const http::Limits& limits);

} // namespace prism::api
