#pragma once

#include "client/model/access.h"

#include <QCoreApplication>
#include <QLocale>

namespace prism::ui {

/// What is said of signing in, of roles, and of what they may not do.
class AccessWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::AccessWords)

public:
    explicit AccessWords(const QLocale& locale)
        : m_locale(locale)
    {
    }

    static QString role(protocol::Role role);
    /// Who is signed in and until when; empty for nobody.
    QString self(const std::optional<model::Self>& self) const;
    /// Where the token is for the next time.
    static QString kept(model::Access::Kept kept, const QString& place);
    /// Why the server is not asked any more.
    static QString refusal(const protocol::Error& error, const model::Access& access);
    /// Why a token that was tried is of no use.
    QString problem(const protocol::Error& error) const;
    /// Why something that only admins do was not done.
    QString deed(const protocol::Error& error) const;
    /// Why something is not offered.
    static QString notOffered(model::Offer offer, const model::Access& access);

private:
    QLocale m_locale;
};

} // namespace prism::ui
