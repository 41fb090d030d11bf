#pragma once

#include "server/hooks/provider.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>

#include <functional>

namespace prism::hooks {

/// The value of a header field by its name in lower case; empty where it is not there.
using HeaderOf = std::function<QByteArray(QByteArrayView name)>;

/// How old a signature may be that says when it was made, or how far ahead.
inline constexpr std::chrono::seconds usualTolerance{300};

/// Whether the delivery comes from somebody who knows the secret, and was made for this body: GitHub and
/// SonarQube sign it. GitLab sends the secret itself, and where it was told to, signs the body and the time
/// as Standard Webhooks has it; what it signed is refused when it is too old. How long it takes says nothing
/// of the secret.
bool isProven(Provider provider, const QByteArray& secret, const QByteArray& body, const HeaderOf& headerOf,
              protocol::Timestamp now, std::chrono::seconds tolerance = usualTolerance);

/// How a secret begins; what follows is Base64 of 256 bits. The whole text is what a provider is told.
inline constexpr QByteArrayView secretPrefix("whsec_");

} // namespace prism::hooks
