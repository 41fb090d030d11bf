#include "server/io/epoll_dispatcher.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/http_exchange.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <random>

using namespace prism;
using fuzz::HttpExchange;
using fuzz::require;

namespace {

/// The event loop that the server's workers have. Stays to the end of the process: Qt's own statics go before
/// ours would.
QAbstractEventDispatcher& dispatcher()
{
    static char name[] = "fuzz";
    static char* arguments[] = {name, nullptr};
    static int count = 1;
    static const QCoreApplication& application = []() -> const QCoreApplication& {
        QCoreApplication::setEventDispatcher(new io::EpollDispatcher);
        return *new QCoreApplication(count, arguments);
    }();
    return *application.eventDispatcher();
}

/// Pieces that depend on the input alone (FNV-1a decides): single bytes, short ones, or short and long ones.
QList<QByteArray> piecesOf(const QByteArray& input)
{
    std::uint32_t hash = 2'166'136'261U;
    for (const char byte : input)
        hash = (hash ^ std::uint8_t(byte)) * 16'777'619U;
    std::minstd_rand random(hash);
    constexpr std::array<std::array<unsigned, 2>, 4> longest{{{1, 1}, {3, 12}, {12, 12}, {12, 200}}};
    const auto& mostOfThese = longest.at(hash % longest.size());
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at < input.size();) {
        const auto most = mostOfThese.at(random() % 4 == 0 ? 1 : 0);
        const auto size = 1 + random() % most;
        pieces.append(input.mid(at, qsizetype(size)));
        at += qsizetype(size);
    }
    return pieces;
}

} // namespace

/// The input is what a client sends, requests one after the other. It makes no difference in what pieces it
/// arrives, nor whether answers come at once.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    constexpr std::size_t most = 8192;
    const QByteArray input = fuzz::toBytes(data, std::min(size, most));
    HttpExchange whole(dispatcher(), HttpExchange::Answers::AtOnce);
    whole.send(input);
    whole.finish();

    HttpExchange inPieces(dispatcher(), HttpExchange::Answers::Later);
    const QList<QByteArray> pieces = piecesOf(input);
    for (const QByteArray& piece : pieces)
        inPieces.send(piece);
    inPieces.finish();
    require(whole.requests() == inPieces.requests() && whole.wasHandedOver() == inPieces.wasHandedOver(),
            "the same bytes are the same requests");
    return 0;
}
