#include "client/ui/widgets/access_words.h"

#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <QDateTime>

namespace prism::ui {

using model::Access;
using model::Offer;
using protocol::ErrorCode;
using protocol::Role;

QString AccessWords::role(Role role)
{
    switch (role) {
    case Role::Reporter:
        return tr("reporter", "role");
    case Role::Viewer:
        return tr("viewer", "role");
    case Role::Editor:
        return tr("editor", "role");
    case Role::Admin:
        return tr("admin", "role");
    case Role::Anyone:
    case Role::Somebody:
        break;
    }
    return {};
}

QString AccessWords::self(const std::optional<model::Self>& self) const
{
    if (!self || self->name.isEmpty())
        return {};
    const QString name = isolated(self->name);
    const QString limits =
        self->reach.isLimited()
            ? u' ' + tr("Limited to: %1.").arg(isolated(m_locale.createSeparatedList(self->reach.projects())))
            : QString();
    if (!self->expires)
        return tr("Signed in as “%1”, with the role %2.").arg(name, role(self->role)) + limits;
    const QDateTime until = protocol::toDateTime(*self->expires);
    return tr("Signed in as “%1”, with the role %2, until %3.")
               .arg(name, role(self->role), m_locale.toString(until.date(), QLocale::LongFormat)) +
           limits;
}

QString AccessWords::kept(Access::Kept kept, const QString& place)
{
    switch (kept) {
    case Access::Kept::Keychain:
        return tr("The token is kept in this desktop's keychain.");
    case Access::Kept::File:
        return tr("There is no keychain here that takes it: the token is kept in a file that only you can "
                  "read, %1.")
            .arg(isolated(place));
    case Access::Kept::Nowhere:
        break;
    }
    return tr("The token is not kept: the next time it has to be given again.");
}

QString AccessWords::refusal(const protocol::Error& error, const Access& access)
{
    switch (error.code) {
    case ErrorCode::NotAllowed:
        return tr("This token may only report: its role is %1. Sign in with one whose role is %2, or higher.")
            .arg(role(Role::Reporter), role(Role::Viewer));
    case ErrorCode::TokenInvalid:
        return tr("The server does not take this token any more: it has expired or was revoked.");
    default:
        return access.hasToken() ? tr("The server does not take this token.")
                                 : tr("This server asks who you are. Sign in with a token.");
    }
}

QString AccessWords::problem(const protocol::Error& error) const
{
    switch (error.code) {
    case ErrorCode::Validation:
        return tr("That is not a token: one begins with prism_ and has no blanks in it.");
    case ErrorCode::NotFound:
        return tr("Nobody has to sign in at this server.");
    case ErrorCode::NotAllowed:
        return tr("This token may only report: its role is %1. Sign in with one whose role is %2, or higher.")
            .arg(role(Role::Reporter), role(Role::Viewer));
    case ErrorCode::NotAuthenticated:
    case ErrorCode::TokenInvalid:
        return tr("The server does not know this token: it is mistyped, has expired or was revoked.");
    case ErrorCode::RateLimit:
        return tr("Too many tokens from here were wrong. Try again in a minute.");
    default:
        return ErrorWords(m_locale).sentence(error);
    }
}

QString AccessWords::deed(const protocol::Error& error) const
{
    if (error.code == ErrorCode::Quota)
        return tr("There are as many tokens as this server takes. Revoke those that nobody needs.");
    if (error.code == ErrorCode::NotAllowed)
        return tr("With this role the server does not allow it; it takes the role %1.")
            .arg(role(Role::Admin));
    return ErrorWords(m_locale).sentence(error);
}

QString AccessWords::notOffered(Offer offer, const Access& access)
{
    if (access.isLimited() && protocol::mayAct(access.role(), model::roleFor(offer)))
        return tr("Your token is limited to projects; this belongs to the whole server.");
    const QString role = AccessWords::role(access.role());
    const QString wanted = AccessWords::role(model::roleFor(offer));
    switch (offer) {
    case Offer::WriteRecords:
        return tr("With the role %1 records can be run; to change them takes the role %2.").arg(role, wanted);
    case Offer::ChangeSettings:
        return tr("With the role %1 this can be seen; to change it takes the role %2.").arg(role, wanted);
    case Offer::MarkViolations:
    case Offer::AcknowledgeAlerts:
    case Offer::UnmuteAlerts:
    case Offer::Administer:
    case Offer::Read:
        break;
    }
    return {};
}

} // namespace prism::ui
