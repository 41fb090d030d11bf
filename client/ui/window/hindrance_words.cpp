#include "client/ui/window/hindrance_words.h"

namespace prism::ui {

using model::Hindrance;

QString HindranceWords::sentence(Hindrance hindrance, const QString& address)
{
    switch (hindrance) {
    case Hindrance::UnknownHost:
        return tr("No computer is known by the name in %1. Is it spelled right?").arg(address);
    case Hindrance::NoRoute:
        return tr("The network does not lead to %1. Is this computer connected?").arg(address);
    case Hindrance::Refused:
        return tr("Nothing answers at %1. Is the server running, and is the port right?").arg(address);
    case Hindrance::Silence:
        return tr("%1 does not answer. It may be busy, or a firewall may stand between.").arg(address);
    case Hindrance::BrokenOff:
        return tr("%1 hung up without an answer in HTTP. Does its address begin with http:// or https://?")
            .arg(address);
    case Hindrance::Untrusted:
        return tr("This computer does not trust the certificate of %1.").arg(address);
    case Hindrance::OtherCertificate:
        return tr("%1 shows another certificate than the one that you trusted. Nothing was sent there: "
                  "somebody "
                  "may have put themselves between.")
            .arg(address);
    case Hindrance::NotTls:
        return tr("%1 does not speak TLS. Its address may begin with http:// instead of https://.")
            .arg(address);
    case Hindrance::TooMuch:
        return tr("%1 answered more than this dashboard takes in. Is it a PRISM server?").arg(address);
    case Hindrance::LeadsAway:
        return tr("%1 sends its visitors to another address. Use that one.").arg(address);
    case Hindrance::Gateway:
        return tr("What stands in front of %1 says that the server is away.").arg(address);
    case Hindrance::NotPrism:
        return tr("What answers at %1 is not a PRISM server.").arg(address);
    }
    return {};
}

} // namespace prism::ui
