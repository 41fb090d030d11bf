#include "server/store/sqlite/text_functions.h"

#include "server/store/sought_text.h"
#include "shared/protocol/text.h"
#include "shared/protocol/utf8.h"

#include <QByteArrayView>

#include <sqlite3.h>

namespace prism::store::sqlite {

namespace {

QByteArrayView bytesOf(sqlite3_value* value)
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {data, data == nullptr ? 0 : sqlite3_value_bytes(value)};
}

QByteArray foldedUtf8(QByteArrayView text)
{
    return protocol::folded(protocol::textOfUtf8(text)).toUtf8();
}

void searchText(sqlite3_context* context, int /*count*/, sqlite3_value** values)
{
    const QByteArray text = foldedUtf8(bytesOf(values[0]));
    sqlite3_result_text(context, text.constData(), int(text.size()), SQLITE_TRANSIENT);
}

void searchHas(sqlite3_context* context, int /*count*/, sqlite3_value** values)
{
    const bool isThere = sqlite3_value_type(values[0]) != SQLITE_NULL;
    sqlite3_result_int(context, isThere && hasSought(bytesOf(values[0]), bytesOf(values[1])) ? 1 : 0);
}

} // namespace

int addTextFunctions(sqlite3* connection)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int code = sqlite3_create_function_v2(connection, "search_text", 1, flags, nullptr, searchText,
                                                nullptr, nullptr, nullptr);
    return code != SQLITE_OK ? code
                             : sqlite3_create_function_v2(connection, "search_has", 2, flags, nullptr,
                                                          searchHas, nullptr, nullptr, nullptr);
}

} // namespace prism::store::sqlite
