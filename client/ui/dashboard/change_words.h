#pragma once

#include "shared/protocol/dashboard.h"

#include <QCoreApplication>
#include <QLocale>

namespace prism::ui {

/// What is to be said of a change, in words of one language.
class ChangeWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::ChangeWords)

public:
    /// A volume says how much was done: more of it is neither better nor worse.
    enum class About { Volume, Quality };

    ChangeWords(const QLocale& locale, About about)
        : m_locale(locale)
        , m_about(about)
    {
    }

    /// "more", "worse"; empty where it is within what is usual, or not known.
    QString word(const protocol::Change& change) const;

    /// What it is compared with: "against 3–9 Nov, to 14:00"; empty where that is not known.
    QString against(const protocol::Change& change) const;

    /// Why it is neither better nor worse; empty where it is one of them.
    static QString reason(const protocol::Assessment& assessment);

private:
    QString days(QDate first, QDate last) const;

    QLocale m_locale;
    About m_about;
};

} // namespace prism::ui
