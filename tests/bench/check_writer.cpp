#include "tests/bench/check_writer.h"

#include "tests/support/rest_client.h"

#include <ctime>

namespace prism::bench {

using namespace std::chrono_literals;

namespace {

QByteArray checks(qint64 first, int count)
{
    QByteArray lines;
    for (qint64 i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i % 40);
        if (i % 10 == 0) {
            lines += R"({"status":"BLOCKED","duration":61,"user":"user-)" + number +
                     R"(","project":"checkout","violations":[{"principleId":"P)" + QByteArray::number(i % 7) +
                     R"(","principleName":"No secrets in code","severity":"BLOCK"}]})"
                     "\n";
        } else {
            lines += R"({"status":"PASS","duration":)" + number + R"(,"user":"user-)" + number +
                     R"(","project":"billing"})"
                     "\n";
        }
    }
    return lines;
}

double threadCpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

} // namespace

CheckWriter::CheckWriter(const QUrl& server, int perSecond, int perRequest)
    : m_thread([this, server, perSecond, perRequest] { run(server, perSecond, perRequest); })
{
}

CheckWriter::~CheckWriter()
{
    m_ends = true;
    m_thread.join();
}

void CheckWriter::run(const QUrl& server, int perSecond, int perRequest)
{
    test::RestClient client(server);
    const auto step = perSecond > 0 ? std::chrono::nanoseconds(1s) * perRequest / perSecond : 0ns;
    auto due = std::chrono::steady_clock::now();
    while (!m_ends) {
        if (m_written >= m_bound) {
            std::this_thread::sleep_for(1ms);
            due = std::chrono::steady_clock::now();
            continue;
        }
        const auto answer = client.post("/api/v1/gateway/checks", checks(m_written, perRequest),
                                        {{"Content-Type", "application/x-ndjson"}});
        m_cpuSeconds = threadCpuSeconds();
        if (answer.status / 100 != 2) {
            m_failed = true;
            return;
        }
        m_written += perRequest;
        due += step;
        std::this_thread::sleep_until(due);
    }
}

} // namespace prism::bench
