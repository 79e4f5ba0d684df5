package io.sluice.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where numbers come from; without it they say nothing.
 *
 * @param load average of the last minute before the benchmark: how much else was going on
 */
public record Machine(int processors, String model, double memoryGigabytes, String system, String java, double load) {

    public static Machine here() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                fromFile("/proc/cpuinfo", "model name", "unknown processor"),
                system.getTotalMemorySize() / 1e9,
                system.getName() + " " + system.getArch(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB, %s, %s, load average before the start %.1f",
                processors,
                model,
                memoryGigabytes,
                system,
                java,
                load);
    }

    /** Resident size of this process in megabytes; NaN where the system does not tell. */
    public static double residentMegabytes() {
        return residentMegabytes("self");
    }

    /** Resident size of another process. */
    public static double residentMegabytes(long pid) {
        return residentMegabytes(Long.toString(pid));
    }

    private static double residentMegabytes(String process) {
        String kilobytes = fromFile("/proc/" + process + "/status", "VmRSS", "");
        return kilobytes.isEmpty()
                ? Double.NaN
                : Double.parseDouble(kilobytes.replace("kB", "").strip()) / 1024;
    }

    private static String fromFile(String file, String key, String otherwise) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                    .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
