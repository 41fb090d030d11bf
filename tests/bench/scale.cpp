#include "tests/bench/scale.h"

namespace prism::bench {

Scale Scale::quick()
{
    Scale scale;
    scale.rounds = 1;
    scale.pushSeconds = 3;
    scale.fanOutSeconds = 2;
    scale.idleClients = 4000;
    scale.idleSeconds = 4;
    scale.probeSeconds = 1;
    scale.storedRecords = 20000;
    scale.postSeconds = 2;
    scale.getSeconds = 2;
    scale.listLarge = 100000;
    scale.listSeconds = 1;
    scale.cursorPages = 500;
    scale.checkSeconds = 2;
    scale.storedChecksLarge = 500000;
    scale.dashboards = 50;
    return scale;
}

Scale Scale::smoke()
{
    Scale scale;
    scale.rounds = 1;
    scale.pushSeconds = 0.2;
    scale.pushClients = 20;
    scale.fanOutSeconds = 0.2;
    scale.idleClients = 100;
    scale.idleSeconds = 0.5;
    scale.probeSeconds = 0.1;
    scale.storedRecords = 2000;
    scale.postSeconds = 0.2;
    scale.getSeconds = 0.2;
    scale.listLarge = 3000;
    scale.listSeconds = 0.2;
    scale.cursorPages = 20;
    scale.checkSeconds = 0.2;
    scale.storedChecksSmall = 300;
    scale.storedChecksLarge = 6000;
    scale.dashboards = 3;
    return scale;
}

} // namespace prism::bench
