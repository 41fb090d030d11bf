#pragma once

#include <QList>
#include <QStringList>

namespace prism::test {

/// A string of the window and what it is in another language.
struct Message
{
    QString key; ///< context, source and comment
    QString source;
    QStringList translations; ///< one, or one per plural form
    bool finished = true;
};

/// Those of a file of Qt Linguist's.
QList<Message> messagesIn(const QString& path);

/// Those of a language ("zh_CN"), from the source's folder, which $PRISM_SOURCE_DIR names.
QList<Message> messagesOf(const QString& language);

} // namespace prism::test
