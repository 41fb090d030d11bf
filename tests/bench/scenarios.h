#pragma once

#include "tests/bench/bench.h"

namespace prism::bench {

/// P1: 1,000 clients, 50 events/s: from just before the request is sent until a client has the event.
void measurePush(Bench& bench);

/// P2: 64 writers flat out, 100 clients: deliveries a second, and whether each event came once, in order.
void measureFanOut(Bench& bench);

/// P3: 10,000 idle clients: their memory, events to them, and requests beside them.
void measureIdle(Bench& bench);

/// P4: records stored a second, over 64 connections.
void measurePost(Bench& bench);

/// P5: records read a second, by id and as a list.
void measureGet(Bench& bench);

/// P6: checks stored a second by NDJSON, and whether the dashboard counts them all.
void measureChecks(Bench& bench);

/// P7: the dashboard of every period with 10,000,000 checks stored, compared with 10,000; and P8: how long
/// that server takes to start.
void measureStored(Bench& bench);

} // namespace prism::bench
