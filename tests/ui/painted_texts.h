#pragma once

#include <QHash>
#include <QList>
#include <QRect>
#include <QRgb>
#include <QString>

class QColor;
class QImage;
class QWidget;

namespace prism::test {

/// A text that a window shows, and where.
struct PaintedText
{
    QString place; ///< which widget, for whoever reads a failure
    QString text;
    QRect rect; ///< in the window, as far as it can be seen
};

/// Which widget that is, by the classes and names of it and all that hold it.
QString placeOf(const QWidget& widget);

/// All that can be read now: labels, buttons, fields, the cells and headers of tables, and charts.
QList<PaintedText> paintedTexts(QWidget& window);

/// Of two colours, 1 to 21: WCAG 2.1, relative luminance.
double contrast(const QColor& one, const QColor& other);

/// How often each colour is in a part of a picture, which has 32 bits for each pixel.
QHash<QRgb, int> coloursIn(const QImage& picture, const QRect& pixels);

/// The texts whose ink is too like what is behind it, each with its contrast.
QStringList unreadableTexts(QWidget& window, double least = 4.5);

} // namespace prism::test
