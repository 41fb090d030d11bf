#include "server/api/noise_book.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <vector>

namespace tst_noise_book {

using namespace std::chrono_literals;
using prism::api::NoiseBook;
using prism::protocol::Period;
using prism::protocol::Timestamp;

/// Whose turn it is to have its noise computed, without any being computed: a work that is dropped answers.
class NoiseBookTest : public QObject
{
    Q_OBJECT

    static constexpr Timestamp now{1'800'000'000'000ms};

    std::vector<NoiseBook::Work> m_works;
    NoiseBook* m_book = nullptr;

    void ask(const QStringList& projects) { (void)m_book->of(Period::Week, projects, now, std::nullopt); }

private slots:
    void init()
    {
        m_book = new NoiseBook([this](NoiseBook::Work work) { m_works.push_back(std::move(work)); }, [] {});
    }

    void cleanup()
    {
        m_works.clear();
        delete m_book;
    }

    void setsOfProjects_haveTheirTurnOneAfterTheOther()
    {
        for (int i = 0; i < 100; ++i)
            ask({QString::number(i)});
        QCOMPARE(m_works.size(), 1U);
        m_works.clear();
        ask({QStringLiteral("web")});
        ask({QStringLiteral("api"), QStringLiteral("web")});
        QCOMPARE(m_works.size(), 1U);
    }

    void everything_waitsForNoSet()
    {
        ask({QStringLiteral("web")});
        ask({});
        QCOMPARE(m_works.size(), 2U);
        ask({});
        QCOMPARE(m_works.size(), 2U);
    }

    void setThatIsAsked_outlivesThoseThatAreNot()
    {
        ask({QStringLiteral("web")});
        for (int i = 0; i < 10'000; ++i)
            ask({QString::number(i)});
        QCOMPARE(m_works.size(), 1U);
        m_works.clear();
        ask({QStringLiteral("web")});
        QCOMPARE(m_works.size(), 1U);
    }
};

PRISM_APPLESS_TEST(NoiseBookTest)

} // namespace tst_noise_book

#include "tst_noise_book.moc"
