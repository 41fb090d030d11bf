#pragma once

#include <QList>
#include <QSize>
#include <QString>

#include <functional>
#include <memory>

class QWidget;

namespace prism::gallery {

/// Something to look at.
struct Scene
{
    QString name; ///< also of its picture's file
    QSize size;
    std::function<std::unique_ptr<QWidget>()> make;
};

/// Every widget alone; RealWindow has the whole window. What a scene makes is built in the language and theme
/// of the application at that moment.
QList<Scene> scenes();

} // namespace prism::gallery
