#include "tests/api/analytics_oracle.h"
#include "tests/api/mixture.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace tst_export {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";

} // namespace

/// The dashboard's numbers as files.
class TestExport : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer({u"--timezone"_s, u"Asia/Kolkata"_s});
        m_mixture = Mixture::make(600, 40);
        QVERIFY(m_mixture.post(*m_client));
    }

    void cleanupTestCase() { stopServer(); }

    void export_asJson_isTheDashboard()
    {
        const QByteArray asked =
            "period=month&at=" + QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        const HttpResponse response = m_client->get(analytics + "/export?format=json&" + asked);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.meta()["format"_L1].toString(), u"json"_s);
        const QJsonObject metrics = response.data()["metrics"_L1].toObject();
        QCOMPARE(response.data()["exportedAt"_L1], metrics[u"generatedAt"_s]);
        const QString wrong = difference(metrics, m_client->get(analytics + "/dashboard?" + asked).data());
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void export_asCsv_isWhatTheDashboardShows()
    {
        const HttpResponse response = m_client->get(analytics + "/export?format=csv&period=month");
        QCOMPARE(response.status, 200);
        QVERIFY(response.header("Content-Type").startsWith("text/csv"));
        QVERIFY(response.header("Content-Disposition").startsWith("attachment; filename=\"analytics-month-"));
        QVERIFY(response.header("Content-Disposition").endsWith(".csv\""));
        QVERIFY(response.body.startsWith("\"Metric\",\"Value\",\"Category\"\r\n"));
        const QJsonValue shown = m_client->get(analytics + "/dashboard?period=month").data();
        const auto line = [](const char* name, const QJsonValue& value, const char* category) {
            return QByteArray("\r\n\"") + name + "\",\"" + QByteArray::number(value.toInteger()) + "\",\"" +
                   category + "\"\r\n";
        };
        QVERIFY(response.body.contains(line("totalChecks", shown["summary"_L1]["totalChecks"_L1], "usage")));
        QVERIFY(response.body.contains(line("violations", shown["summary"_L1]["violations"_L1], "quality")));
        const QJsonValue top = shown["topViolations"_L1][0];
        const QByteArray name = "'" + top["name"_L1].toString().toUtf8();
        QVERIFY(name.startsWith("'=P"));
        QVERIFY(response.body.contains(line(name, top["count"_L1], "topViolations")));
    }

    void export_asCsv_beginsWithAMark_whereThatIsAsked_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("begin");
        const QByteArray mark = "\xef\xbb\xbf";
        QTest::newRow("not asked") << "format=csv"_ba
                                   << "\"Metric\","_ba;
        QTest::newRow("asked not to") << "format=csv&bom=false"_ba
                                      << "\"Metric\","_ba;
        QTest::newRow("asked") << "format=csv&bom=true"_ba << mark + "\"Metric\",";
        QTest::newRow("asked of JSON") << "format=json&bom=true"_ba
                                       << "{"_ba;
        QTest::newRow("asked of a workbook") << "format=excel&bom=true"_ba
                                             << "PK"_ba;
    }

    void export_asCsv_beginsWithAMark_whereThatIsAsked()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const QByteArray, begin);
        const HttpResponse response = m_client->get(analytics + "/export?" + query);
        QCOMPARE(response.status, 200);
        QVERIFY2(response.body.startsWith(begin), response.body.left(20).constData());
        const HttpResponse wrong = m_client->get(analytics + "/export?format=csv&bom=yes");
        QCOMPARE(wrong.status, 400);
        QVERIFY(wrong.body.contains("bom: must be true or false"));
    }

    /// Read again by a library that has nothing to do with ours.
    void export_asWorkbook_canBeOpened()
    {
        const HttpResponse response = m_client->get(analytics + "/export?format=excel&period=month");
        QCOMPARE(response.status, 200);
        QVERIFY(response.header("Content-Type").contains("spreadsheetml"));
        QVERIFY(response.header("Content-Disposition").endsWith(".xlsx\""));
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"export.xlsx"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(response.body);
        file.close();
        QProcess python;
        python.start(u"/usr/bin/python3"_s,
                     {u"-c"_s,
                      u"import json, sys, openpyxl\n"
                      "rows = openpyxl.load_workbook(sys.argv[1]).active.iter_rows()\n"
                      "print(json.dumps([[[c.value, c.data_type] for c in row] for row in rows]))"_s,
                      file.fileName()});
        QVERIFY(python.waitForFinished());
        const QByteArray complaint = python.readAllStandardError();
        QVERIFY2(python.exitCode() == 0, complaint.constData());
        const QJsonArray rows = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        const QJsonValue shown = m_client->get(analytics + "/dashboard?period=month").data();
        QCOMPARE(rows[0][0][0].toString(), u"Metric"_s);
        QMap<QString, QJsonValue> values;
        QString formula;
        for (const auto& row : rows) {
            values[row[2][0].toString() + u'.' + row[0][0].toString()] = row[1];
            for (const auto& cell : row.toArray())
                formula += cell[1] == "f"_L1 ? cell[0].toString() : QString();
        }
        QCOMPARE(formula, QString());
        QCOMPARE(values[u"usage.totalChecks"_s][0].toInteger(),
                 shown["summary"_L1]["totalChecks"_L1].toInteger());
        QCOMPARE(values[u"usage.totalChecks"_s][1].toString(), u"n"_s);
        QVERIFY(std::abs(values[u"performance.p95CheckTime"_s][0].toDouble() -
                         shown["performance"_L1]["p95CheckTime"_L1].toDouble()) < 1e-9);
        const QJsonValue top = shown["topViolations"_L1][0];
        QCOMPARE(values[u"topViolations."_s + top["name"_L1].toString()][0].toInteger(),
                 top["count"_L1].toInteger());
    }

private:
    Mixture m_mixture;
};

PRISM_TEST(TestExport)

} // namespace tst_export

#include "tst_export.moc"
