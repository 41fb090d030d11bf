#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"
#include "tests/support/test_program.h"

#include <QImage>
#include <QListWidget>
#include <QPixmap>
#include <QTableWidget>
#include <QTest>

namespace tst_item_looks {

using namespace prism;

/// That the rows of tables and lists look as the style sheet says, and have nothing of the style below: no
/// box around the one in use, no second mark beside the one that can be checked.
class TestItemLooks : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void currentCell_hasNoBox();
    void checkMark_isDrawnOnce();

private:
    static QSet<QRgb> coloursIn(QAbstractItemView& view, const QRect& part);

    std::unique_ptr<QWidget> m_window;
};

void TestItemLooks::init()
{
    const ui::Theme theme = ui::Theme::light();
    m_window = std::make_unique<QWidget>();
    m_window->setPalette(ui::paletteFor(theme));
    m_window->setStyleSheet(ui::styleSheetFor(theme));
    m_window->resize(300, 200);
}

QSet<QRgb> TestItemLooks::coloursIn(QAbstractItemView& view, const QRect& part)
{
    const QImage picture = view.viewport()->grab(part).toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colours.insert(picture.pixel(x, y));
    }
    return colours;
}

void TestItemLooks::currentCell_hasNoBox()
{
    auto* table = new QTableWidget(3, 2, m_window.get());
    table->setShowGrid(false);
    table->resize(280, 180);
    for (int row = 0; row < 3; ++row) // what has no text has one colour
        table->setItem(row, 0, new QTableWidgetItem);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    table->setFocus(Qt::TabFocusReason);
    table->setCurrentCell(1, 0);
    QTRY_VERIFY(table->hasFocus());
    // A bar at its left says that it is in use.
    const QRect cell = table->visualItemRect(table->item(1, 0)).adjusted(2, 0, 0, 0);
    QCOMPARE(coloursIn(*table, cell).size(), 1);
}

void TestItemLooks::checkMark_isDrawnOnce()
{
    auto* list = new QListWidget(m_window.get());
    list->setProperty("framed", true);
    list->resize(280, 180);
    for (int row = 0; row < 2; ++row)
        (new QListWidgetItem(list))->setCheckState(Qt::Unchecked);
    list->setCurrentRow(0);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    // The mark of our own begins after the padding of the row.
    const QRect row = list->visualItemRect(list->item(1));
    QCOMPARE(coloursIn(*list, QRect(row.topLeft(), QSize(2, row.height()))).size(), 1);
}

PRISM_WIDGET_TEST(TestItemLooks)

} // namespace tst_item_looks

#include "tst_item_looks.moc"
