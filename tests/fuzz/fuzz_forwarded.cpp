#include "server/http/target.h"
#include "server/http/trusted_proxies.h"
#include "tests/fuzz/fuzz.h"

using namespace prism;
using fuzz::require;

namespace {

const http::TrustedProxies& proxies()
{
    static const http::TrustedProxies made({{*http::Network::read(QStringLiteral("10.0.0.0/8"))}, false});
    return made;
}

http::Request headWith(std::initializer_list<std::pair<const char*, QByteArray>> fields)
{
    http::Request head;
    head.peer = QHostAddress(QStringLiteral("10.0.0.1"));
    head.authority = "prism.example";
    for (const auto& [name, value] : fields)
        head.headers.add(name, value);
    proxies().apply(head);
    return head;
}

void tryAsSaid(const http::Request& head)
{
    require(!head.peer.isNull(), "who asks is somebody");
    require(http::isAuthority(head.authority), "a host is asked for");
    require(head.scheme.isEmpty() || head.scheme == "http" || head.scheme == "https", "by a scheme of ours");
}

} // namespace

/// The input is what a client writes into the fields before its proxy does, and then all that they have.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QByteArray input = fuzz::toBytes(data, size);
    const QHostAddress client(QStringLiteral("1.2.3.4"));
    require(headWith({{"X-Forwarded-For", input}, {"X-Forwarded-For", "1.2.3.4"}}).peer == client,
            "what a client writes in front changes nothing");
    const http::Request paired = headWith({{"Forwarded", input}, {"Forwarded", "for=1.2.3.4;proto=https"}});
    require(paired.peer == client && paired.scheme == "https", "nor does it in a field of pairs");
    for (const char* name : {"X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto"})
        tryAsSaid(headWith({{name, input}}));
    (void)http::Network::read(QString::fromLatin1(input));
    return 0;
}
