#include "server/realtime/frame.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_frame {

class FrameTest : public QObject
{
    Q_OBJECT

private slots:
    /// The length field of RFC 6455, section 5.2, in each of its three forms and at their borders.
    void length_takesTheShortestForm_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("empty") << 0 << QByteArray::fromHex("8100");
        QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
        QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
        QTest::newRow("65535") << 65535 << QByteArray::fromHex("817effff");
        QTest::newRow("65536") << 65536 << QByteArray::fromHex("817f0000000000010000");
    }

    void length_takesTheShortestForm()
    {
        QFETCH(int, size);
        QFETCH(QByteArray, head);
        const QByteArray text(size, 'x');
        QCOMPARE(prism::realtime::textFrame(text), head + text);
    }
};

PRISM_APPLESS_TEST(FrameTest)

} // namespace tst_frame

#include "tst_frame.moc"
