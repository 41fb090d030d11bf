#include "client/net/hindrance.h"

namespace prism::net {

Hindrance hindranceOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ProxyNotFoundError:
        return Hindrance::UnknownHost;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::ProxyConnectionRefusedError:
        return Hindrance::Refused;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::ProxyTimeoutError:
        return Hindrance::Silence;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return Hindrance::BrokenOff;
    case QNetworkReply::SslHandshakeFailedError:
        return Hindrance::NotTls;
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
        return Hindrance::LeadsAway;
    default:
        return Hindrance::NoRoute;
    }
}

Hindrance foreignAnswer(int status)
{
    constexpr int badGateway = 502, unavailable = 503, gatewayTimeout = 504;
    const bool gateway = status == badGateway || status == unavailable || status == gatewayTimeout;
    return gateway ? Hindrance::Gateway : Hindrance::NotPrism;
}

} // namespace prism::net
