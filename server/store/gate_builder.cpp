#include "server/store/gate_builder.h"

#include "server/store/log.h"
#include "server/store/tables/gate_writer.h"
#include "server/store/tables/settings_reader.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

#include <limits>

namespace prism::store {

namespace {

Result<int> countAll(WriteConnection& connection)
{
    GateRecount recounted;
    PRISM_TRY(GateWriter(connection).recountSome(std::numeric_limits<int>::max(), recounted));
    PRISM_TRY(GateWriter(connection).trim(mostGates));
    return recounted.changed;
}

} // namespace

Result<void> countGates(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(const auto place, SettingsReader(connection).gatesCountedTo());
    if (!place)
        return {};
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    PRISM_TRY_ASSIGN(const int counted, countAll(connection));
    if (counted > 0)
        qCInfo(lcStore) << "counted how" << counted << "gates stand";
    return scope.commit();
}

Result<int> recountGates(WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(connection));
    PRISM_TRY(GateWriter(connection).beginRecount());
    PRISM_TRY_ASSIGN(const int changed, countAll(connection));
    PRISM_TRY(scope.commit());
    return changed;
}

} // namespace prism::store
