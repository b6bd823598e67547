package io.heapspec.rates;

/** The words around the tables. */
final class Words {

    static final String HEAD = """
            # Error rates

            How often `@NoLeak` is wrong, measured on bodies of which it is known whether they leak.
            This page is written by the program that measures; run it again with

            ```
            .ci/error-rates [rounds]
            ```

            It ends with exit code 1 if a clean body is accused, or a leak is missed that is as frequent as the stated sensitivity.

            ## Method

            - %d clean bodies, %d stores that fill up, %d leaks; they are in `src/test/java/io/heapspec/rates`.
            - All of them run in one JVM, in random order, so that they pollute each other as tests of a suite do. The order comes from a seed, the same for all collectors.
            - Each is run once and judged, with the default sensitivity (a leak in every run). Rare leaks are judged a second time with `everyNthRun` set to their rarity, and ten clean bodies of each round with `everyNthRun = 20`.
            - *Inside* is a leak that is as frequent as the sensitivity asks for, *outside* a rarer one.
            - Some follow each other as tests of one class do, and share a census; others are judged apart. A coin decides.
            - Rounds for each JDK and collector: %d; each once through the protocol without a test framework, and once through the annotation as parameterized tests of one class, with `-Xmx512m`.
            - %d processors, with a load of %.1f on average: where that is more than the processors, times are too long, and more budgets are spent.
            - Times are medians with the default sensitivity. Those through the protocol include the census before the body and the body itself; those through the annotation do not. Leaks are repeated in blocks and explained from two heap dumps.
            """;

    static final String FOOT = """

            ## Known causes

            - *The same object added again* shows only when the list's array is replaced by a longer one. Where a repetition takes more than 50 ms, there are fewer than the 12 that a new list needs for that, and the leak is missed. It is also missed when another such array comes or goes in the same block, and hides the few bytes.
            - *Budget spent*: judging for a leak in one run of 20 takes at least 270 repetitions, which at 30 ms each do not fit into the usual 10 s. Set `budget` where you set `everyNthRun`.
            - *A store that is accused* was not full when the repetitions ended. Growth alone cannot tell it from a leak: bound it lower in tests, or `allow` it.

            ## What was not measured

            - Frameworks: no Spring, Hibernate or Mockito, whose own caches need longer to settle.
            - Large heaps, parallel test execution, a debugger, a coverage agent, other JVMs than HotSpot, Shenandoah.
            - Through the annotation, leaks rarer than one run in 20.
            - Rounds on one machine with the same seeds are not independent, and all share these bodies: the bound on the rate holds for such bodies, not for any test.
            - A sensitivity is a promise of 95 %%: of leaks that happen at random exactly that often, up to one in 20 may be missed. Such a miss still counts as wrong here.
            """.replace("%%", "%");

    private Words() {}
}
