#include "shared/protocol/error.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_error_table {

using namespace prism::protocol;

class ErrorTableTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCode_hasItsNameAndStatus_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("status");
        const auto row = [](ErrorCode code, const char* name, int status) {
            QTest::newRow(name) << int(code) << QString::fromLatin1(name) << status;
        };
        row(ErrorCode::Validation, "ERR_1001", 400);
        row(ErrorCode::NotJson, "ERR_1002", 400);
        row(ErrorCode::FieldMissing, "ERR_1003", 400);
        row(ErrorCode::BadFormat, "ERR_1004", 400);
        row(ErrorCode::TooLong, "ERR_1005", 400);
        row(ErrorCode::NotAuthenticated, "ERR_2001", 401);
        row(ErrorCode::NotAllowed, "ERR_2002", 403);
        row(ErrorCode::TokenInvalid, "ERR_2003", 401);
        row(ErrorCode::NotFound, "ERR_3001", 404);
        row(ErrorCode::AlreadyExists, "ERR_3002", 409);
        row(ErrorCode::VersionConflict, "ERR_4002", 409);
        row(ErrorCode::Quota, "ERR_4003", 429);
        row(ErrorCode::RateLimit, "ERR_4004", 429);
        row(ErrorCode::Internal, "ERR_5000", 500);
        row(ErrorCode::Unavailable, "ERR_5001", 503);
    }

    void everyCode_hasItsNameAndStatus()
    {
        QFETCH(int, code);
        QFETCH(QString, name);
        QFETCH(int, status);
        QCOMPARE(errorName(ErrorCode(code)), name);
        QCOMPARE(httpStatus(ErrorCode(code)), status);
        QCOMPARE(int(errorCode(name)), code);
    }

    void unknownName_isInternal() { QCOMPARE(errorCode(QStringLiteral("ERR_9999")), ErrorCode::Internal); }
};

PRISM_APPLESS_TEST(ErrorTableTest)

} // namespace tst_error_table

#include "tst_error_table.moc"
