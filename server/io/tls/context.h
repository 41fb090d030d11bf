#pragma once

#include "shared/protocol/error.h"

#include <QString>

#include <memory>
#include <openssl/ssl.h>

namespace prism::io::tls {

/// Frees what OpenSSL made, and what was counted of it.
struct Freed
{
    void operator()(SSL* session) const;
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SessionPtr = std::unique_ptr<SSL, Freed>;

/// What a server shows to whoever connects, its certificates and key, and what it agrees to: TLS 1.2 and 1.3,
/// ciphers that keep what was said secret when the key is lost, and nothing that is known to be weak.
/// Immutable; used from any thread. Sessions hold on to what they were made with.
class Context
{
public:
    /// Where they lie, in PEM: the server's certificate first, then those that lead to one that is known.
    struct Files
    {
        QString certificates;
        QString key;
    };

    /// Reads the files. Unavailable, naming the file, when one cannot be read or used, the certificate has
    /// expired or the key is another's.
    static protocol::Result<std::shared_ptr<const Context>> load(const Files& files);

    /// A server's end on a socket, which stays the caller's; null when there is no memory.
    SessionPtr begin(int socket) const;

private:
    explicit Context(SSL_CTX* context)
        : m_context(context)
    {
    }

    const std::unique_ptr<SSL_CTX, Freed> m_context;
};

using ContextPtr = std::shared_ptr<const Context>;

/// What OpenSSL last complained of on this thread, in its words; takes it all off its list.
QString takeComplaint();

} // namespace prism::io::tls
