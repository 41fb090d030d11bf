#include "shared/protocol/check.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace tst_check {

using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

const Timestamp someTime = fromMillis(1'770'000'000'123);

QJsonObject decode(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

Violation violationOf(Severity severity, const QString& message = {}, bool falsePositive = false)
{
    return {u"P"_s, {}, severity, message, falsePositive};
}

/// A check with nothing but so many violations of each kind.
Check checkWith(qsizetype block, qsizetype info)
{
    Check check;
    check.violations.append(QList<Violation>(info, violationOf(Severity::Info)));
    check.violations.append(QList<Violation>(block, violationOf(Severity::Block)));
    return check;
}

/// What reading it as a caller's says is wrong.
QStringList problemsOf(const QJsonObject& fields)
{
    QJsonObject json{{u"status"_s, u"PASS"_s}};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        json.insert(field.key(), field.value());
    const auto read = checkFromJson(json, someTime, someTime);
    return read ? QStringList() : read.error().details;
}

QJsonObject withViolation(const QString& field, const QJsonValue& value)
{
    QJsonObject violation{{u"principleId"_s, u"P"_s}, {u"severity"_s, u"INFO"_s}};
    const QJsonObject good = violation;
    violation.insert(field, value);
    return {{u"violations"_s, QJsonArray{good, violation}}};
}

} // namespace

class CheckTest : public QObject
{
    Q_OBJECT

private slots:
    void unknownDuration_isNotWritten()
    {
        const auto check = checkFromJson({{u"status"_s, u"PASS"_s}}, someTime, someTime);
        QVERIFY(check.has_value());
        QVERIFY(!check->duration);
        const QJsonObject json = decode(encode(*check));
        QVERIFY(!json.contains(u"duration"_s));
        QVERIFY(*checkFromJson(json) == *check);
    }

    void fieldOutsideItsLimits_isNamedWithTheReason_data()
    {
        QTest::addColumn<QJsonObject>("fields");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const QJsonObject& fields, const QString& problem) {
            QTest::newRow(name) << fields << problem;
        };
        const auto longText = [&row](const char* name, qsizetype most) {
            row(name, {{QLatin1String(name), QString(most + 1, u'x')}},
                u"%1: has %2 characters, at most %3 are allowed"_s.arg(QLatin1String(name))
                    .arg(most + 1)
                    .arg(most));
        };
        longText("gate", 200);
        longText("branch", 300);
        longText("commit", 100);
        longText("url", 2000);
        const auto longOfViolation = [&row](const char* name, qsizetype most) {
            row(name, withViolation(QLatin1String(name), QString(most + 1, u'x')),
                u"violations[1].%1: has %2 characters, at most %3 are allowed"_s.arg(QLatin1String(name))
                    .arg(most + 1)
                    .arg(most));
        };
        longOfViolation("principleId", 300);
        longOfViolation("file", 1000);
        longOfViolation("fingerprint", 300);
        row("origin", {{u"origin"_s, u"moon"_s}}, u"origin: must be one of ci, local, agent"_s);
        row("line", withViolation(u"line"_s, -1),
            u"violations[1].line: must be a whole number from 0 to 2147483647"_s);
        row("line that is text", withViolation(u"line"_s, u"12"_s),
            u"violations[1].line: must be a whole number from 0 to 2147483647"_s);
        row("column", withViolation(u"column"_s, 1.5),
            u"violations[1].column: must be a whole number from 0 to 2147483647"_s);
        row("unknown", withViolation(u"row"_s, 1), u"violations[1].row: is not a known field"_s);
    }

    void fieldOutsideItsLimits_isNamedWithTheReason()
    {
        QFETCH(const QJsonObject, fields);
        QFETCH(const QString, problem);
        QCOMPARE(problemsOf(fields), QStringList(problem));
    }

    void textAsLongAsItMayBe_isRead()
    {
        QCOMPARE(problemsOf(withViolation(u"principleId"_s, QString(300, u'x'))), QStringList());
        QCOMPARE(problemsOf({{u"gate"_s, QString(200, u'x')}}), QStringList());
    }

    void arranged_theGravestComeFirst()
    {
        Check check;
        check.violations = {violationOf(Severity::Info, u"a"_s), violationOf(Severity::Block, u"b"_s, true),
                            violationOf(Severity::Block, u"c"_s), violationOf(Severity::Warning, u"d"_s),
                            violationOf(Severity::Block, u"e"_s)};
        arrange(check);
        QString order;
        for (const Violation& violation : check.violations)
            order += violation.message;
        QCOMPARE(order, u"cedab"_s);
        QVERIFY(!check.counts); // all are listed
        QVERIFY((countsOf(check) == ViolationCounts{2, 1, 1, 1}));
    }

    void moreThanAreKept_areCountedAndNoted()
    {
        Check check = checkWith(10, mostViolations);
        arrange(check);
        QCOMPARE(check.violations.size(), mostViolations);
        QVERIFY(check.violations[9].severity == Severity::Block);
        QVERIFY(check.violations[10].severity == Severity::Info);
        QVERIFY((countsOf(check) == ViolationCounts{10, 0, mostViolations, 0}));
        QCOMPARE(decode(encode(check))[u"note"_s].toString(),
                 u"Of 25010 violations the gravest 25000 are kept."_s);
    }

    void excerpt_hasTwentyAtMost()
    {
        Check check = checkWith(5, 40);
        arrange(check);
        const auto read = checkFromJson(decode(encodeExcerpt(check)));
        QVERIFY(read.has_value());
        QCOMPARE(read->violations, check.violations.first(20));
        QVERIFY((countsOf(*read) == ViolationCounts{5, 0, 40, 0}));
        QVERIFY(!decode(encodeExcerpt(check)).contains(u"note"_s)); // all are kept
        QVERIFY(*checkFromJson(decode(encode(check))) == check);
    }

    /// Whatever the texts are, there is one violation, and no more than 4 KiB.
    void excerpt_isSmall_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("listed");
        QTest::newRow("of three letters") << u"abc"_s << qsizetype(20);
        QTest::newRow("long") << QString(1000, u'x') << qsizetype(2);
        QTest::newRow("full") << QString(2000, u'x') << qsizetype(1);
        QTest::newRow("full of emojis") << u"😀"_s.repeated(2000) << qsizetype(1);
        QTest::newRow("full of escapes") << QString(2000, QChar(1)) << qsizetype(1);
    }

    void excerpt_isSmall()
    {
        QFETCH(const QString, text);
        QFETCH(const qsizetype, listed);
        Check check;
        Violation violation = violationOf(Severity::Warning, text);
        violation.principleId = text.first(std::min<qsizetype>(text.size(), 300));
        violation.pattern = violation.url = text.size() > 1000 ? text : QString();
        violation.file =
            text.first(std::min<qsizetype>(text.size(), 1000)).chopped(text.size() > 100 ? 990 : 0);
        check.violations = QList<Violation>(30, violation);
        const QByteArray json = encodeExcerpt(check);
        const QJsonArray list = decode(json)[u"violations"_s].toArray();
        QCOMPARE(list.size(), listed);
        QVERIFY(QJsonDocument(list).toJson(QJsonDocument::Compact).size() <= 4096 + 2);
        QVERIFY(!list[0][u"principleId"_s].toString().isEmpty());
        QCOMPARE(decode(json)[u"counts"_s][u"warning"_s].toInt(), 30);
    }

    void countsOfACaller_followFromTheViolations()
    {
        QJsonObject json = decode(encodeExcerpt(checkWith(1, 30)));
        QVERIFY(json.contains(u"counts"_s));
        json.remove(u"timestamp"_s);
        const auto read = checkFromJson(json, someTime, someTime);
        QVERIFY(read.has_value());
        QVERIFY((countsOf(*read) == ViolationCounts{0, 0, 20, 0}));
    }
};

PRISM_APPLESS_TEST(CheckTest)

} // namespace tst_check

#include "tst_check.moc"
