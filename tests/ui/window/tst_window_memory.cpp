#include "client/desktop/window_memory.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace tst_window_memory {

using namespace prism;
using desktop::WindowMemory;

namespace {

/// As much of a window as is remembered.
struct Window
{
    Window()
        : rows(2, 3)
        , table(new QTableView)
        , splitter(new QSplitter(&widget))
    {
        table->setObjectName(QStringLiteral("table"));
        table->setModel(&rows);
        splitter->setObjectName(QStringLiteral("splitter"));
        splitter->addWidget(table);
        splitter->addWidget(new QWidget);
        splitter->resize(600, 400);
        table->horizontalHeader()->setSectionsMovable(true);
        widget.resize(600, 400);
    }

    QWidget widget;
    QStandardItemModel rows;
    QTableView* table;
    QSplitter* splitter;
};

} // namespace

/// How a window was left.
class TestWindowMemory : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void window_isAsItWasLeft();
    void window_showsNoOrderThatItsRowsAreNotIn();
    void window_ofAScreenThatIsGone_isOnOneThatIsThere();
    void window_withDamagedMemory_opensAllTheSame();

private:
    QString file() const { return m_dir->filePath(QStringLiteral("file.ini")); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestWindowMemory::window_isAsItWasLeft()
{
    {
        Window window;
        window.widget.show();
        window.widget.resize(520, 410);
        window.table->horizontalHeader()->resizeSection(0, 77);
        window.table->horizontalHeader()->moveSection(2, 0);
        window.table->hideColumn(1);
        window.splitter->setSizes({200, 400});
        WindowMemory memory(file(), QStringLiteral("a"));
        memory.setPage(ui::Page::Records);
        memory.setPeriod(protocol::Period::Year);
        memory.save(window.widget);
    }
    Window window;
    WindowMemory memory(file(), QStringLiteral("a"));
    memory.restore(window.widget);
    QCOMPARE(window.widget.size(), QSize(520, 410));
    QCOMPARE(window.table->columnWidth(0), 77);
    QCOMPARE(window.table->horizontalHeader()->visualIndex(2), 0);
    QVERIFY(window.table->isColumnHidden(1));
    QVERIFY(window.splitter->sizes()[0] < window.splitter->sizes()[1]);
    QVERIFY(memory.page() == ui::Page::Records);
    QVERIFY(memory.period() == protocol::Period::Year);

    WindowMemory another(file(), QStringLiteral("b"));
    QVERIFY(!another.page());
    QVERIFY(!another.period());
}

void TestWindowMemory::window_showsNoOrderThatItsRowsAreNotIn()
{
    {
        Window window;
        window.table->horizontalHeader()->setSortIndicatorShown(true);
        window.table->horizontalHeader()->setSortIndicator(1, Qt::DescendingOrder);
        WindowMemory(file(), QStringLiteral("a")).save(window.widget);
    }
    Window window;
    const QHeaderView* header = window.table->horizontalHeader();
    const int column = header->sortIndicatorSection();
    const Qt::SortOrder order = header->sortIndicatorOrder();
    QVERIFY(column != 1 || order != Qt::DescendingOrder);
    WindowMemory(file(), QStringLiteral("a")).restore(window.widget);
    QVERIFY(!header->isSortIndicatorShown());
    QCOMPARE(header->sortIndicatorSection(), column);
    QCOMPARE(header->sortIndicatorOrder(), order);
}

void TestWindowMemory::window_ofAScreenThatIsGone_isOnOneThatIsThere()
{
    const QRect room = QGuiApplication::primaryScreen()->availableGeometry();
    {
        Window window;
        window.widget.setGeometry(room.right() + 5'000, room.bottom() + 5'000, room.width() * 2, 500);
        WindowMemory(file(), QStringLiteral("a")).save(window.widget);
    }
    Window window;
    WindowMemory(file(), QStringLiteral("a")).restore(window.widget);
    QVERIFY(window.widget.width() <= room.width());
    QVERIFY(room.contains(window.widget.pos()));
}

void TestWindowMemory::window_withDamagedMemory_opensAllTheSame()
{
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("[a]\ngeometry=@ByteArray(nonsense)\ncolumns\\table=7\npage=nowhere\nperiod=never\n");
    damaged.close();
    Window window;
    WindowMemory memory(file(), QStringLiteral("a"));
    memory.restore(window.widget);
    QCOMPARE(window.widget.size(), QSize(600, 400));
    QVERIFY(!memory.page());
    QVERIFY(!memory.period());
}

PRISM_WIDGET_TEST(TestWindowMemory)

} // namespace tst_window_memory

#include "tst_window_memory.moc"
