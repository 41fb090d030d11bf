#include "server/http/content_coding.h"

#include "server/http/gzip.h"

#include <algorithm>

namespace prism::http {

namespace {

constexpr qsizetype longestUncompressed = 1024;

bool isText(const QByteArray& contentType)
{
    return contentType.startsWith("application/json") || contentType.startsWith("text/");
}

bool hasStrongTag(const Response& response)
{
    return std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
        return header.first == "ETag" && !header.second.startsWith("W/");
    });
}

} // namespace

/// Of what is known already nobody looked how long it is.
bool dependsOnCoding(const Response& response)
{
    return response.status == 304 || response.isCompressed ||
           (response.body.size() > longestUncompressed && isText(response.contentType));
}

/// A strong entity tag promises these very bytes, so only who refuses them gets others.
void compress(const Request& request, Response& response, qsizetype most)
{
    if (response.isCompressed || response.body.isEmpty())
        return;
    const QByteArray field = request.header("accept-encoding");
    const bool isLong = response.body.size() > most;
    const bool mayPay = dependsOnCoding(response) && !hasStrongTag(response) && !isLong;
    const bool mayRefuse = field.contains("=0"); // as in identity;q=0
    if (field.isEmpty() || (!mayPay && !mayRefuse))
        return;
    const AcceptedCodings accepted = AcceptedCodings::of(field);
    response.isCompressed = accepted.gzip && (!accepted.identity || (mayPay && accepted.prefersGzip));
    if (response.isCompressed)
        response.body = gzip(response.body, isLong ? Packing::Stored : Packing::Fast);
}

} // namespace prism::http
