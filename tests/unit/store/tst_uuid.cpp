#include "server/store/uuid.h"
#include "shared/protocol/timestamp.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace tst_uuid {

class UuidTest : public QObject
{
    Q_OBJECT

private slots:
    void everyOne_isAVersion7UuidOfNow()
    {
        static const QRegularExpression form(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        const qint64 before = prism::protocol::toMillis(prism::protocol::now());
        const QString id = prism::store::makeUuidV7();
        const qint64 after = prism::protocol::toMillis(prism::protocol::now());
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
        const qint64 time = (id.left(8) + id.mid(9, 4)).toLongLong(nullptr, 16);
        QVERIFY(time >= before && time <= after);
    }

    void noTwo_areAlike()
    {
        QSet<QString> ids;
        for (int i = 0; i < 10'000; ++i)
            ids.insert(prism::store::makeUuidV7());
        QCOMPARE(ids.size(), 10'000);
    }
};

PRISM_APPLESS_TEST(UuidTest)

} // namespace tst_uuid

#include "tst_uuid.moc"
