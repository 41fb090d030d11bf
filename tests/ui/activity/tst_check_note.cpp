#include "client/ui/activity/activity_facts.h"
#include "client/ui/application/language.h"
#include "shared/protocol/check.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_check_note {

using namespace prism;

/// What a server notes of a check with more violations than it keeps, as its own code writes it.
class TestCheckNote : public QObject
{
    Q_OBJECT

private slots:
    void note_isSaidInTheReadersLanguage_data();
    void note_isSaidInTheReadersLanguage();
};

void TestCheckNote::note_isSaidInTheReadersLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("said");
    QTest::newRow("English") << QStringLiteral("en")
                             << QStringLiteral("Of 25,003 violations the gravest 25,000 are kept.");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN")
                             << QStringLiteral("共 25,003 个违规，保留其中最严重的 25,000 个。");
}

void TestCheckNote::note_isSaidInTheReadersLanguage()
{
    QFETCH(const QString, language);
    QFETCH(const QString, said);
    ui::Language chosen;
    chosen.set(QLocale(language));
    protocol::Check check;
    check.counts = protocol::ViolationCounts{25'003, 0, 0, 0};
    const QJsonObject data = QJsonDocument::fromJson(protocol::encodeExcerpt(check)).object();
    const auto entry =
        model::ActivityEntry::fromEvent({protocol::event_type::checkCompleted, 1, data, protocol::now()});
    const ui::ActivityFacts facts(entry, chosen.current());
    QStringList values;
    for (const ui::Fact& fact : facts.facts())
        values.append(fact.value);
    QVERIFY2(values.contains(said), qPrintable(values.join(QLatin1Char('|'))));
}

PRISM_WIDGET_TEST(TestCheckNote)

} // namespace tst_check_note

#include "tst_check_note.moc"
