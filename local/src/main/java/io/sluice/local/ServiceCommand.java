package io.sluice.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a service is run. The stack puts its mark between the program and the arguments, to know the process again. */
public record ServiceCommand(List<String> program, List<String> arguments) {

    public ServiceCommand {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
    }

    /** A native executable. */
    public static ServiceCommand executable(Path executable) {
        return new ServiceCommand(List.of(executable.toString()), List.of());
    }

    /** A runnable jar, with the flags for its JVM. */
    public static ServiceCommand jar(Path jar, List<String> jvmFlags) {
        List<String> program = new ArrayList<>();
        program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.addAll(jvmFlags);
        return new ServiceCommand(program, List.of("-jar", jar.toString()));
    }

    List<String> words(String mark) {
        List<String> words = new ArrayList<>(program);
        words.add(mark);
        words.addAll(arguments);
        return words;
    }
}
