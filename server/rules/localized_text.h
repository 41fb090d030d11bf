#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace prism::rules {

/// One text in one or more languages, each under its BCP 47 tag ("en", "zh-CN"). A text without a tag is in
/// no language in particular. A value.
class LocalizedText
{
public:
    bool isEmpty() const { return m_texts.isEmpty(); }
    void add(const QString& language, const QString& text) { m_texts.append({language, text}); }

    /// The text of the first language in `preferred` there is one for, where "zh" and "zh-CN" serve each
    /// other; else the English one, else the first. Empty when there is none at all.
    QString in(const QStringList& preferred) const;

private:
    struct Entry
    {
        QString language;
        QString text;
    };

    const Entry* find(const QString& language) const;

    QList<Entry> m_texts;
};

} // namespace prism::rules
