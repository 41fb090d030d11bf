#include "server/io/tls/context.h"

#include "shared/protocol/try.h"

#include <QFile>

#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>

namespace prism::io::tls {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

struct ReadFreed // what a file holds
{
    void operator()(BIO* bytes) const { BIO_free(bytes); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(STACK_OF(X509) * chain) const { sk_X509_pop_free(chain, X509_free); }
};
using Bytes = std::unique_ptr<BIO, ReadFreed>;
using Certificate = std::unique_ptr<X509, ReadFreed>;
using Key = std::unique_ptr<EVP_PKEY, ReadFreed>;
using Chain = std::unique_ptr<STACK_OF(X509), ReadFreed>;

constexpr qint64 mostBytes = 1024LL * 1024; // of a file

constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"; // of TLS 1.2
constexpr const char* groups = "X25519:P-256:P-384";           // others cost much, and nobody needs them

/// With its length before it. What is chosen points here.
constexpr unsigned char knownProtocols[] = "\x08http/1.1";

Failure refused(const QString& file, const QString& why)
{
    return Failure(
        Error{ErrorCode::Unavailable, QStringLiteral("TLS cannot be used: %1 %2.").arg(file, why), {}});
}

Result<QByteArray> contentOf(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return refused(name, QStringLiteral("cannot be read (%1)").arg(file.errorString()));
    const QByteArray content = file.read(mostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return refused(name, QStringLiteral("cannot be read (%1)").arg(file.errorString()));
    if (content.size() > mostBytes)
        return refused(name, QStringLiteral("is over %1 bytes").arg(mostBytes));
    return content;
}

Bytes bytesOf(const QByteArray& content)
{
    return Bytes(BIO_new_mem_buf(content.constData(), int(content.size())));
}

/// Nobody is there to be asked for it.
int noPassphrase(char*, int, int, void*)
{
    return -1;
}

Result<Key> readKey(const QString& file)
{
    PRISM_TRY_ASSIGN(const QByteArray content, contentOf(file));
    const Bytes bytes = bytesOf(content);
    Key key(PEM_read_bio_PrivateKey(bytes.get(), nullptr, noPassphrase, nullptr));
    if (key)
        return key;
    const bool isLocked = content.contains("ENCRYPTED");
    (void)takeComplaint();
    return refused(file, isLocked
                             ? QStringLiteral("is locked by a passphrase, and nobody is there to enter it")
                             : QStringLiteral("holds no private key in PEM"));
}

Result<void> checkTime(const QString& file, X509* certificate)
{
    const auto told = [](const ASN1_TIME* time) {
        std::tm parts{};
        ASN1_TIME_to_tm(time, &parts);
        return QStringLiteral("%1-%2-%3")
            .arg(parts.tm_year + 1900)
            .arg(parts.tm_mon + 1, 2, 10, QLatin1Char('0'))
            .arg(parts.tm_mday, 2, 10, QLatin1Char('0'));
    };
    const ASN1_TIME* const end = X509_get0_notAfter(certificate);
    if (X509_cmp_current_time(end) < 0)
        return refused(file, QStringLiteral("holds a certificate that expired on ") + told(end));
    const ASN1_TIME* const begin = X509_get0_notBefore(certificate);
    if (X509_cmp_current_time(begin) > 0)
        return refused(file, QStringLiteral("holds a certificate that is not valid before ") + told(begin));
    return {};
}

Result<void> readFiles(SSL_CTX* context, const Context::Files& files)
{
    PRISM_TRY_ASSIGN(const QByteArray content, contentOf(files.certificates));
    const Bytes bytes = bytesOf(content);
    const Certificate own(PEM_read_bio_X509_AUX(bytes.get(), nullptr, noPassphrase, nullptr));
    if (!own) {
        (void)takeComplaint();
        return refused(files.certificates, QStringLiteral("holds no certificate in PEM"));
    }
    const Chain chain(sk_X509_new_null());
    while (X509* const next = PEM_read_bio_X509(bytes.get(), nullptr, noPassphrase, nullptr))
        sk_X509_push(chain.get(), next);
    const bool isWhole = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    (void)takeComplaint();
    if (!isWhole)
        return refused(files.certificates, QStringLiteral("holds a certificate that is damaged"));
    PRISM_TRY(checkTime(files.certificates, own.get()));
    PRISM_TRY_ASSIGN(const Key key, readKey(files.key));
    if (X509_check_private_key(own.get(), key.get()) != 1) {
        (void)takeComplaint();
        return refused(files.key,
                       QStringLiteral("is not the key of the certificate in ") + files.certificates);
    }
    if (SSL_CTX_use_cert_and_key(context, own.get(), key.get(), chain.get(), 1) != 1)
        return refused(
            files.certificates,
            QStringLiteral("holds a certificate that is not good enough (%1)").arg(takeComplaint()));
    return {};
}

/// HTTP/1.1 is all there is: whoever insists on something else is told so at once.
int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                   unsigned int offeredLength, void*)
{
    unsigned char* picked = nullptr;
    const int outcome = SSL_select_next_proto(&picked, length, knownProtocols, sizeof knownProtocols - 1,
                                              offered, offeredLength);
    *chosen = picked;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// Of a connection: more than any needs that lasts for weeks and changes its keys each hour.
constexpr int mostHandshakeMessages = 1'000;

/// A read goes on by itself behind such a message, so whoever sent nothing else would keep the thread in one.
void boundHandshakeMessages(int isSent, int /*version*/, int type, const void* /*message*/, size_t /*length*/,
                            SSL* session, void* count)
{
    if (isSent == 0 && type == SSL3_RT_HANDSHAKE && ++*static_cast<int*>(count) > mostHandshakeMessages)
        ::shutdown(SSL_get_fd(session), SHUT_RDWR);
}

/// Who resumes a session brings it along (a ticket): nothing is kept here. Requests and frames say themselves
/// where they end, so a peer that leaves without a word has cut off nothing that would be taken for whole.
void configure(SSL_CTX* context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_cipher_list(context, ciphers);
    SSL_CTX_set1_groups_list(context, groups);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
}

} // namespace

Result<ContextPtr> Context::load(const Files& files)
{
    SSL_CTX* const made = SSL_CTX_new(TLS_server_method());
    if (made == nullptr)
        return Failure(Error{
            ErrorCode::Unavailable, QStringLiteral("TLS cannot be used: %1.").arg(takeComplaint()), {}});
    ContextPtr context(new Context(made));
    configure(made);
    PRISM_TRY(readFiles(made, files));
    return context;
}

SessionPtr Context::begin(int socket) const
{
    SessionPtr session(SSL_new(m_context.get()));
    if (!session || SSL_set_fd(session.get(), socket) != 1)
        return nullptr;
    auto count = std::make_unique<int>(0);
    SSL_set_msg_callback(session.get(), boundHandshakeMessages);
    SSL_set_msg_callback_arg(session.get(), count.get());
    SSL_set_app_data(session.get(), count.release());
    SSL_set_accept_state(session.get());
    return session;
}

void Freed::operator()(SSL* session) const
{
    const std::unique_ptr<int> count(static_cast<int*>(SSL_get_app_data(session)));
    SSL_free(session);
}

QString takeComplaint()
{
    const unsigned long last = ERR_peek_last_error();
    ERR_clear_error();
    const char* const reason = ERR_reason_error_string(last);
    return reason == nullptr ? QStringLiteral("error %1").arg(last) : QString::fromLatin1(reason);
}

} // namespace prism::io::tls
