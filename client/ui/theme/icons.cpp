#include "client/ui/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace prism::ui {

namespace {

QString pathOf(const QString& name)
{
    return QStringLiteral(":/prism/icons/%1.svg").arg(name);
}

QIcon render(const QByteArray& svg)
{
    QSvgRenderer renderer(svg);
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QIcon icon(const QString& name, const QColor& colour)
{
    return render(contents(pathOf(name)).replace("currentColor", colour.name().toLatin1()));
}

QIcon icon(const QString& name, const QColor& normal, const QColor& disabled, const QColor& checked)
{
    QIcon all = icon(name, normal);
    const auto add = [&](const QColor& colour, QIcon::Mode mode, QIcon::State state) {
        const QIcon one = icon(name, colour);
        const QList<QSize> sizes = one.availableSizes();
        for (const QSize& size : sizes)
            all.addPixmap(one.pixmap(size), mode, state);
    };
    add(disabled, QIcon::Disabled, QIcon::Off);
    add(checked, QIcon::Normal, QIcon::On);
    return all;
}

QIcon applicationIcon()
{
    return render(contents(pathOf(QStringLiteral("prism"))));
}

} // namespace prism::ui
