#include "server/analytics/finding_key.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_finding_key {

using namespace prism;
using namespace Qt::StringLiterals;
using analytics::findingKey;
using protocol::Violation;

/// When two violations are one finding.
class FindingKeyTest : public QObject
{
    Q_OBJECT

    static Violation violation()
    {
        Violation made;
        made.principleId = u"no-unused"_s;
        made.message = u"x is not used"_s;
        made.file = u"src/a.cpp"_s;
        return made;
    }

private slots:
    void numbers_areLeftOut_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("without");
        const auto row = [](const char* name, const QString& message, const QString& without) {
            QTest::newRow(name) << message << without;
        };
        row("none", u"no number"_s, u"no number"_s);
        row("empty", {}, {});
        row("one", u"line 12"_s, u"line #"_s);
        row("with a point", u"3.5 s"_s, u"# s"_s);
        row("with commas", u"1,000,000 rows"_s, u"# rows"_s);
        row("at the end of a sentence", u"there are 7."_s, u"there are #."_s);
        row("a list", u"7, 8"_s, u"#, #"_s);
        row("with a unit", u"10ms"_s, u"#"_s);
        row("hexadecimal", u"at 0x7ffd1a2b"_s, u"at #"_s);
        row("part of a name", u"utf8 and x_1"_s, u"utf8 and x_1"_s);
        row("behind a letter of any language", u"ä1 1ä"_s, u"ä1 #"_s);
        row("between signs", u"(130>120)"_s, u"(#>#)"_s);
    }

    void numbers_areLeftOut()
    {
        QFETCH(const QString, message);
        QFETCH(const QString, without);
        QCOMPARE(analytics::withoutNumbers(message), without);
    }

    void place_tellsFindingsApart()
    {
        const QByteArray key = findingKey(u"web"_s, violation());
        QCOMPARE(key.size(), 32);
        Violation other = violation();
        other.line = 7;
        other.column = 2;
        other.principleName = u"Unused"_s;
        other.severity = protocol::Severity::Info;
        other.url = u"https://lint.example"_s;
        other.falsePositive = true;
        QCOMPARE(findingKey(u"web"_s, other), key);
        QVERIFY(findingKey(u"shop"_s, violation()) != key);
        for (QString Violation::*field : {&Violation::principleId, &Violation::message, &Violation::file}) {
            other = violation();
            other.*field += u"y"_s;
            QVERIFY(findingKey(u"web"_s, other) != key);
        }
        // What belongs to one text is not taken for another's.
        other = violation();
        other.file += other.message.first(1);
        other.message.remove(0, 1);
        QVERIFY(findingKey(u"web"_s, other) != key);
    }

    void fingerprint_isAllThatCounts()
    {
        Violation one = violation();
        one.fingerprint = u"f1"_s;
        Violation other;
        other.principleId = one.principleId;
        other.fingerprint = one.fingerprint;
        QCOMPARE(findingKey(u"web"_s, one), findingKey(u"web"_s, other));
        QVERIFY(findingKey(u"web"_s, one) != findingKey(u"web"_s, violation()));
        other.principleId += u"y"_s;
        QVERIFY(findingKey(u"web"_s, one) != findingKey(u"web"_s, other));
        other = one;
        other.fingerprint = u"f2"_s; // a number in it tells apart
        QVERIFY(findingKey(u"web"_s, one) != findingKey(u"web"_s, other));
    }
};

PRISM_TEST(FindingKeyTest)

} // namespace tst_finding_key

#include "tst_finding_key.moc"
