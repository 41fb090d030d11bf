#include "server/api/ready_probe.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_ready_probe {

using namespace prism;
using namespace std::chrono_literals;
using api::ReadyProbe;

/// What is told of a disk, by a queue whose writer is the test: it answers when it is told to, or never.
class ReadyProbeTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<store::WriteQueue> m_queue;
    std::unique_ptr<ReadyProbe> m_probe;
    QStringList m_told; ///< empty ones for ready

    void make(std::chrono::milliseconds most)
    {
        m_told.clear();
        m_queue = std::make_unique<store::WriteQueue>(store::Weight{10, 10, 10});
        m_probe = std::make_unique<ReadyProbe>(*m_queue, most);
    }

    void ask(const QObject& here)
    {
        m_probe->ask(here, [this](const protocol::Result<void>& written) {
            m_told.append(written ? QString() : written.error().message);
        });
    }

    /// The disk answers the one probe that there is.
    void settle()
    {
        const std::vector<store::WriteJob> jobs = m_queue->take({10, 10, 10}, 0ms);
        QCOMPARE(jobs.size(), std::size_t(1));
        const protocol::Error broken{protocol::ErrorCode::Unavailable, QStringLiteral("broken"), {}};
        jobs.front().done(&broken);
    }

private slots:
    void diskThatDoesNotAnswer_isNotReady()
    {
        make(50ms);
        for (int i = 0; i < 3; ++i)
            ask(*this);
        QVERIFY(m_told.isEmpty());
        QTRY_COMPARE(m_told.size(), 3);
        for (const QString& told : std::as_const(m_told))
            QVERIFY2(told.contains(QStringLiteral("within 0.05 s")), qPrintable(told));
        ask(*this);
        QVERIFY2(m_told.size() == 4 && !m_told.last().isEmpty(), "it is known by now, and is not waited for");

        settle();
        QCOMPARE(m_told.size(), 4); // each is told once
        ask(*this);
        QVERIFY2(m_told.last() == QStringLiteral("broken"), "what the disk said at last is known");
    }

    void diskThatAnswersInTime_tellsAllWhoAsked()
    {
        make(60s);
        for (int i = 0; i < 3; ++i)
            ask(*this);
        settle();
        QCOMPARE(m_told, QStringList(3, QStringLiteral("broken")));
        ask(*this);
        QCOMPARE(m_told, QStringList(4, QStringLiteral("broken")));
        QCOMPARE(m_queue->take({10, 10, 10}, 0ms).size(), std::size_t(0));
    }
};

PRISM_TEST(ReadyProbeTest)

} // namespace tst_ready_probe

#include "tst_ready_probe.moc"
