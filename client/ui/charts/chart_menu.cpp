#include "client/ui/charts/chart_menu.h"

#include "client/ui/charts/chart.h"
#include "client/ui/charts/chart_table_dialog.h"
#include "client/ui/theme/theme.h"
#include "shared/protocol/csv_writer.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace prism::ui {

namespace {

QImage pictureOf(Chart& chart)
{
    // Twice as fine as an ordinary screen, so that it can be put into a document.
    const double scale = std::max(2.0, chart.devicePixelRatioF());
    QImage picture((QSizeF(chart.size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(scale);
    picture.fill(Theme::of(&chart).surface);
    QPainter painter(&picture);
    chart.drawOn(painter);
    return picture;
}

bool writeSvg(Chart& chart, QIODevice& device)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(chart.size());
    generator.setViewBox(chart.rect());
    generator.setTitle(chart.accessibleName());
    generator.setDescription(chart.summary());
    QPainter painter(&generator);
    painter.fillRect(chart.rect(), Theme::of(&chart).surface);
    chart.drawOn(painter);
    return painter.end();
}

QString endingOf(ChartMenu::Format format)
{
    switch (format) {
    case ChartMenu::Format::Png:
        return QStringLiteral("png");
    case ChartMenu::Format::Svg:
        return QStringLiteral("svg");
    case ChartMenu::Format::Csv:
        break;
    }
    return QStringLiteral("csv");
}

} // namespace

ChartMenu::ChartMenu(Chart& chart, QWidget* parent)
    : QMenu(parent)
    , m_chart(chart)
{
    setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = add(QStringLiteral("copy-picture"), tr("Copy picture"));
    copy->setShortcut(QKeySequence::Copy);
    connect(copy, &QAction::triggered, this, &ChartMenu::copyPicture);
    addSeparator();
    connect(add(QStringLiteral("save-png"), tr("Save as PNG…")), &QAction::triggered, this,
            [this] { save(Format::Png); });
    connect(add(QStringLiteral("save-svg"), tr("Save as SVG…")), &QAction::triggered, this,
            [this] { save(Format::Svg); });
    connect(add(QStringLiteral("save-csv"), tr("Save as CSV…")), &QAction::triggered, this,
            [this] { save(Format::Csv); });
    addSeparator();
    connect(add(QStringLiteral("show-table"), tr("Show as table")), &QAction::triggered, this,
            &ChartMenu::showTable);
    QAction* reset = add(QStringLiteral("reset-zoom"), tr("Show everything"));
    reset->setEnabled(chart.isZoomed());
    connect(reset, &QAction::triggered, &chart, &Chart::resetZoom);
}

QAction* ChartMenu::add(const QString& name, const QString& text)
{
    QAction* action = addAction(text);
    action->setObjectName(name);
    return action;
}

void ChartMenu::copyPicture()
{
    QApplication::clipboard()->setImage(pictureOf(m_chart));
}

void ChartMenu::showTable()
{
    auto* dialog = new ChartTableDialog(m_chart.accessibleName(), m_chart.table(), m_chart.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void ChartMenu::save(Format format)
{
    Chart& chart = m_chart;
    const QString ending = endingOf(format);
    auto* dialog = new QFileDialog(chart.window(), tr("Save chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending));
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(chart.accessibleName() + QLatin1Char('.') + ending);
    connect(dialog, &QFileDialog::fileSelected, &chart, [&chart, format](const QString& path) {
        if (!write(chart, format, path))
            emit chart.saveFailed(path);
    });
    dialog->open();
}

bool ChartMenu::write(Chart& chart, Format format, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    switch (format) {
    case Format::Png:
        return pictureOf(chart).save(&file, "PNG") && file.commit();
    case Format::Svg:
        return writeSvg(chart, file) && file.commit();
    case Format::Csv:
        break;
    }
    const QByteArray csv = protocol::CsvWriter::byteOrderMark() + chart.table().toCsv();
    return file.write(csv) == csv.size() && file.commit();
}

} // namespace prism::ui
