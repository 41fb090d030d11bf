#pragma once

#include "shared/protocol/error.h"

#include <QCoreApplication>
#include <QLocale>

#include <functional>

namespace prism::ui {

/// What was refused, and why, in the reader's language. A server tells it in English: the sentence is made of
/// the code, the fields, and those reasons that are known here; what is not known is said in general.
class ErrorWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::ErrorWords)

public:
    /// What the window calls a field of the API; empty where it does not show it.
    using Label = std::function<QString(const QString& field)>;
    /// A number of the server's as the window shows it.
    using Number = std::function<QString(double)>;

    explicit ErrorWords(const QLocale& locale)
        : m_locale(locale)
    {
    }

    /// One sentence or more: "Name: has 101 characters, at most 100 are allowed."
    QString sentence(const protocol::Error& error, const Label& label = {}) const;

    /// What is wrong with a field: the "why" of a detail "field: why", as it is said beside the field.
    QString reason(const QString& why, const Number& shown = {}) const;

private:
    QString fieldByField(const protocol::Error& error, const Label& label) const;
    QString number(const QString& digits, const Number& shown) const;

    QLocale m_locale;
};

} // namespace prism::ui
