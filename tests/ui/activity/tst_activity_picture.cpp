#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"
#include "tests/support/test_program.h"
#include "tests/ui/activity/activity_test.h"
#include "tests/ui/painted_parts.h"

#include <QBackingStore>
#include <QHeaderView>
#include <QScrollBar>
#include <QTest>

namespace tst_activity_picture {

using namespace prism;
using test::PaintedParts;

/// What of the table of events is painted when something happens, and that it looks as if all was.
class TestActivityPicture : public QObject, private test::ActivityTest
{
    Q_OBJECT

private slots:
    void init() { begin(capacity); }
    void cleanup() { end(); }

    void row_thatArrives_isPaintedAlone_data();
    void row_thatArrives_isPaintedAlone();
    void rows_belowWhatIsSeen_arePaintedByNobody();
    void everything_isPainted_data();
    void everything_isPainted();
    void picture_isAsIfPaintedAnew_data();
    void picture_isAsIfPaintedAnew();
    void picture_underAVeil_isAsIfPaintedAnew();

private:
    static constexpr int capacity = 60;

    int rowHeight() const { return m_table->verticalHeader()->defaultSectionSize(); }
    void settle() const { test::paintAll(*m_panel); }
    QImage shown() const;
};

/// What lies on the screen, and not what would be painted now.
QImage TestActivityPicture::shown() const
{
    const auto* screen = dynamic_cast<QImage*>(m_panel->backingStore()->paintDevice());
    const QRect place(m_table->viewport()->mapTo(m_panel.get(), QPoint()), m_table->viewport()->size());
    return screen ? screen->copy(place).convertToFormat(QImage::Format_RGB32) : QImage();
}

void TestActivityPicture::row_thatArrives_isPaintedAlone_data()
{
    QTest::addColumn<int>("before");
    QTest::newRow("while there is room") << 2;
    QTest::newRow("when all is filled") << 40;
    QTest::newRow("when as many are kept as may be") << capacity;
}

void TestActivityPicture::row_thatArrives_isPaintedAlone()
{
    QFETCH(const int, before);
    append(before);
    settle();
    PaintedParts parts(*m_table->viewport());
    m_activity->append({test::recordEvent(++m_seq, QStringLiteral("news"))});
    QTRY_COMPARE(text(0, model::ActivityModel::DetailColumn), QStringLiteral("news"));
    settle();
    QCOMPARE(parts.bounds(), QRect(0, 0, m_table->viewport()->width(), rowHeight()));
}

void TestActivityPicture::rows_belowWhatIsSeen_arePaintedByNobody()
{
    append(40);
    settle();
    PaintedParts parts(*m_table->viewport());
    m_activity->extend({test::recordEvent(-1, QStringLiteral("older")), test::recordEvent(0, QString())});
    settle();
    QCOMPARE(m_table->model()->rowCount(), 42);
    QCOMPARE(parts.times(), 0);
}

void TestActivityPicture::everything_isPainted_data()
{
    QTest::addColumn<int>("added");
    QTest::addColumn<int>("scrolled");
    QTest::newRow("when more arrive than fit") << 30 << 0;
    QTest::newRow("when somebody has scrolled down") << 1 << 10;
}

void TestActivityPicture::everything_isPainted()
{
    QFETCH(const int, added);
    QFETCH(const int, scrolled);
    append(30);
    settle(); // it scrolls once it is laid out
    m_table->verticalScrollBar()->setValue(scrolled);
    QCOMPARE(m_table->verticalScrollBar()->value(), scrolled);
    settle();
    PaintedParts parts(*m_table->viewport());
    append(added);
    settle();
    QCOMPARE(parts.bounds(), m_table->viewport()->rect());
}

void TestActivityPicture::picture_isAsIfPaintedAnew_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<QList<int>>("added"); ///< each without painting what came before it
    QTest::addColumn<int>("selected");
    QTest::addColumn<bool>("isStyled");
    QTest::addColumn<bool>("isOnWall"); ///< where nobody can scroll
    QTest::newRow("first") << 0 << QList<int>{1} << -1 << true << false;
    QTest::newRow("while there is room") << 3 << QList<int>{1} << -1 << true << false;
    QTest::newRow("when all is filled") << 30 << QList<int>{1} << -1 << true << false;
    QTest::newRow("several") << 30 << QList<int>{3, 1, 2} << -1 << true << false;
    QTest::newRow("more than fit") << 30 << QList<int>{20, 1} << -1 << true << false;
    QTest::newRow("below one that is selected") << 30 << QList<int>{1, 2} << 2 << true << false;
    QTest::newRow("that gives it a scroll bar") << 5 << QList<int>{1, 1, 1, 1, 1, 1} << -1 << true << false;
    QTest::newRow("when as many are kept as may be") << capacity << QList<int>{1, 2} << 1 << true << false;
    QTest::newRow("without a style sheet") << 30 << QList<int>{1, 2} << 2 << false << false;
    QTest::newRow("on a wall") << 30 << QList<int>{1, 2} << -1 << true << true;
}

void TestActivityPicture::picture_isAsIfPaintedAnew()
{
    QFETCH(const int, before);
    QFETCH(const QList<int>, added);
    QFETCH(const int, selected);
    QFETCH(const bool, isStyled);
    QFETCH(const bool, isOnWall);
    if (isOnWall)
        m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (isStyled)
        m_panel->setStyleSheet(ui::styleSheetFor(ui::Theme::of(m_panel.get())));
    append(before);
    if (selected >= 0)
        m_table->selectRow(selected);
    settle();
    QVERIFY(!shown().isNull());
    for (const int count : added) {
        QList<protocol::Event> events;
        for (int i = 0; i < count; ++i) {
            ++m_seq;
            events.append(test::checkEvent(m_seq, QStringLiteral("project-%1").arg(m_seq),
                                           QStringLiteral("BLOCKED"), 1));
        }
        m_activity->append(events);
        QTRY_COMPARE(m_activity->entry(0).seq, m_seq);
    }
    settle();
    const QImage moved = shown();
    m_panel->repaint();
    QCOMPARE(moved, shown());
}

void TestActivityPicture::picture_underAVeil_isAsIfPaintedAnew()
{
    append(30);
    m_panel->setFreshness({true, {}});
    settle();
    append(1);
    settle();
    const QImage moved = shown();
    m_panel->repaint();
    QCOMPARE(moved, shown());
}

PRISM_WIDGET_TEST(TestActivityPicture)

} // namespace tst_activity_picture

#include "tst_activity_picture.moc"
