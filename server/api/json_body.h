#pragma once

#include "server/http/request.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_text.h"

#include <vector>

namespace prism::api {

/// One entry of a bulk body: the number of its line, or its index in the array.
struct BulkEntry
{
    int number = 0;
    QJsonObject object;
    QByteArrayView text = {}; ///< within the request's body; empty in an array until findTexts()
};

/// The entries of a body that is one object, an array of objects, or NDJSON (empty lines are skipped).
struct BulkBody
{
    enum class Form { Single, Array, Lines };

    Form form = Form::Single;
    bool tooMany = false;
    std::vector<BulkEntry> entries;
    protocol::Problems problems; ///< of the entries that are no objects, and so not among `entries`

    /// The name that problems of an entry are reported under: "line 3", "[2]", or none.
    QString placeOf(const BulkEntry& entry) const;

    /// Gives the entries of an array their texts, which few ask for. `body` is what was read.
    void findTexts(QByteArrayView body);
};

protocol::Result<BulkBody> parseBulk(const http::Request& request, int maxDepth, std::size_t maxEntries);

/// What a request says its body is.
bool isJson(const http::Request& request);
bool isNdjson(const http::Request& request);
bool isForm(const http::Request& request);

} // namespace prism::api
