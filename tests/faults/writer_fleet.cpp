#include "tests/faults/writer_fleet.h"

#include "tests/support/http_response.h"
#include "tests/support/loopback_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace prism::test {

WriterFleet::WriterFleet(quint16 port, int writers, const QByteArray& label, Ledger& ledger)
    : m_label(label)
    , m_ledger(ledger)
    , m_thread([this, port, writers] { run(port, writers); })
{
}

WriterFleet::~WriterFleet()
{
    m_stopping = true;
    m_thread.join();
}

void WriterFleet::run(quint16 port, int writers)
{
    std::vector<Writer> fleet;
    for (int i = 0; i < writers; ++i) {
        Writer writer;
        writer.number = i;
        writer.descriptor = connectToLoopback(port);
        if (writer.descriptor < 0)
            continue;
        if (sendNext(writer))
            fleet.push_back(std::move(writer));
        else
            ::close(writer.descriptor);
    }
    while (!fleet.empty()) {
        std::vector<pollfd> waiting;
        for (const Writer& writer : fleet)
            waiting.push_back({writer.descriptor, POLLIN, 0});
        if (::poll(waiting.data(), waiting.size(), 5'000) <= 0)
            break;
        std::vector<Writer> remaining;
        for (std::size_t i = 0; i < fleet.size(); ++i) {
            if (waiting[i].revents == 0 || receive(fleet[i]))
                remaining.push_back(std::move(fleet[i]));
            else
                ::close(fleet[i].descriptor);
        }
        fleet = std::move(remaining);
    }
    for (const Writer& writer : fleet)
        ::close(writer.descriptor);
}

QByteArray WriterFleet::violationsOf(const Writer& writer)
{
    QByteArray list;
    for (int i = 0; i < (writer.isLarge() ? violationsEach : 0); ++i)
        list += QByteArray(i == 0 ? "" : ",") + R"({"principleId":"P","severity":"INFO"})";
    return list;
}

bool WriterFleet::sendNext(Writer& writer)
{
    writer.current =
        m_label + ' ' + QByteArray::number(writer.number) + ' ' + QByteArray::number(writer.sent++);
    QByteArray head, body;
    if (writer.isBatch()) {
        head = "POST /api/v1/gateway/checks HTTP/1.1\r\nContent-Type: application/x-ndjson\r\n";
        for (int line = 0; line < linesEach; ++line)
            body += "{\"id\":\"" + writer.current + " line " + QByteArray::number(line) +
                    "\",\"status\":\"PASS\",\"duration\":1,\"violations\":[" + violationsOf(writer) + "]}\n";
    } else {
        head = "POST /api/v1/analytics/records HTTP/1.1\r\nContent-Type: application/json\r\n";
        body = "{\"type\":\"custom\",\"name\":\"" + writer.current + "\"}";
    }
    {
        const std::lock_guard lock(m_ledger.mutex);
        (writer.isBatch() ? m_ledger.attemptedBatches : m_ledger.attemptedRecords).insert(writer.current);
    }
    return sendAll(writer.descriptor, head + "Host: localhost\r\nContent-Length: " +
                                          QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

/// False when this writer has nothing more to do.
bool WriterFleet::receive(Writer& writer)
{
    char bytes[16 * 1024];
    const ssize_t length = ::recv(writer.descriptor, bytes, sizeof bytes, 0);
    if (length <= 0)
        return false;
    writer.received.append(bytes, length);
    const auto response = takeResponse(writer.received);
    if (!response)
        return true;
    note(writer, response->status);
    return !m_stopping && sendNext(writer);
}

void WriterFleet::note(const Writer& writer, int status)
{
    const std::lock_guard lock(m_ledger.mutex);
    if (status != 201) {
        ++m_ledger.refused;
        return;
    }
    (writer.isBatch() ? m_ledger.acknowledgedBatches : m_ledger.acknowledgedRecords).insert(writer.current);
    ++m_acknowledged;
}

} // namespace prism::test
