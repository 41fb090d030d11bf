#include "client/desktop/window_memory.h"

#include <QAbstractItemView>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScreen>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

namespace prism::desktop {

namespace {

const QLatin1String geometryKey("geometry"), pageKey("page"), periodKey("period"), wallKey("wall");

QString columnsKey(const QTableView& table)
{
    return QStringLiteral("columns/") + table.objectName();
}

QString splitterKey(const QSplitter& splitter)
{
    return QStringLiteral("splitters/") + splitter.objectName();
}

bool isRemembered(const QWidget& widget)
{
    if (widget.objectName().isEmpty())
        return false;
    for (const QWidget* each = &widget; each; each = each->parentWidget()) {
        const QVariant wanted = each->property("remembered");
        if (wanted.isValid() && !wanted.toBool())
            return false;
    }
    return true;
}

template <typename Widget>
QList<Widget*> rememberedIn(const QWidget& window)
{
    QList<Widget*> list = window.findChildren<Widget*>();
    list.removeIf([](const Widget* widget) { return !isRemembered(*widget); });
    return list;
}

bool isOnAScreen(const QWidget& window)
{
    // Enough of its upper edge that somebody can take hold of it.
    const QRect handle(window.frameGeometry().topLeft(), QSize(window.frameGeometry().width(), 1));
    const QList<QScreen*> screens = QGuiApplication::screens();
    return std::ranges::any_of(screens, [&](const QScreen* screen) {
        constexpr int wide = 100;
        return screen->availableGeometry().intersected(handle).width() >= wide;
    });
}

} // namespace

WindowMemory::WindowMemory(const QString& file, const QString& key)
    : m_store(file, QSettings::IniFormat)
{
    m_store.beginGroup(key);
}

void WindowMemory::restore(QWidget& window)
{
    window.restoreGeometry(m_store.value(geometryKey).toByteArray());
    const QRect room = window.screen()->availableGeometry();
    if (!window.isMaximized() && !window.isFullScreen()) {
        window.resize(window.size().boundedTo(room.size()));
        if (!isOnAScreen(window))
            window.move(room.topLeft());
    }
    const QList<QTableView*> tables = rememberedIn<QTableView>(window);
    for (QTableView* table : tables) {
        const QByteArray columns = m_store.value(columnsKey(*table)).toByteArray();
        QHeaderView* header = table->horizontalHeader();
        const QByteArray before = header->saveState();
        const bool sorted = header->isSortIndicatorShown();
        const int sortColumn = header->sortIndicatorSection();
        const Qt::SortOrder order = header->sortIndicatorOrder();
        if (columns.isEmpty() || !header->restoreState(columns))
            continue;
        // A version with other columns kept it, or all of them are hidden.
        if (header->count() != table->model()->columnCount() ||
            header->hiddenSectionCount() >= header->count())
            header->restoreState(before);
        // The order of the rows is not kept, and an arrow must not tell of one they are not in.
        header->setSortIndicatorShown(sorted);
        header->setSortIndicator(sortColumn, order);
    }
    const QList<QSplitter*> splitters = rememberedIn<QSplitter>(window);
    for (QSplitter* splitter : splitters)
        splitter->restoreState(m_store.value(splitterKey(*splitter)).toByteArray());
}

void WindowMemory::save(const QWidget& window)
{
    m_store.setValue(geometryKey, window.saveGeometry());
    const QList<QTableView*> tables = rememberedIn<QTableView>(window);
    for (const QTableView* table : tables)
        m_store.setValue(columnsKey(*table), table->horizontalHeader()->saveState());
    const QList<QSplitter*> splitters = rememberedIn<QSplitter>(window);
    for (const QSplitter* splitter : splitters)
        m_store.setValue(splitterKey(*splitter), splitter->saveState());
    m_store.sync();
}

std::optional<ui::Page> WindowMemory::page() const
{
    return ui::pageFromString(m_store.value(pageKey).toString());
}

std::optional<protocol::Period> WindowMemory::period() const
{
    return protocol::periodFromString(m_store.value(periodKey).toString());
}

bool WindowMemory::isOnWall() const
{
    return m_store.value(wallKey).toBool();
}

void WindowMemory::setPage(ui::Page page)
{
    m_store.setValue(pageKey, ui::toString(page));
}

void WindowMemory::setPeriod(protocol::Period period)
{
    m_store.setValue(periodKey, QString(protocol::toString(period)));
}

void WindowMemory::setOnWall(bool on)
{
    m_store.setValue(wallKey, on);
}

} // namespace prism::desktop
