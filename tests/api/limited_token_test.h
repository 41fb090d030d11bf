#pragma once

#include "tests/api/signed_in_test.h"

namespace prism::test {

/// All that a check can say names the project, so that whatever is answered of it can be found.
QByteArray checkOf(const QByteArray& project, const QByteArray& status = "BLOCKED");

/// The same of a retrospective.
QByteArray retroOf(const QByteArray& project);

/// A server with a check and a retrospective of each of the projects "open" and "hidden", and an editor of
/// the first. Lives on the main thread.
class LimitedTokenTest : public SignedInTest
{
    Q_OBJECT

protected:
    void begin();

    HttpResponse report(const QByteArray& token, const QByteArray& check) const;

    qint64 head() const { return ask(m_editor, eventsPath).data()[QLatin1String("head")].toInteger(); }

    QByteArray m_editor; ///< of the project "open"
};

} // namespace prism::test
